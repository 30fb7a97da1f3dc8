import type { Stamp } from '@taskgrid/protocol'
import { compareStamps, nextStamp } from '@taskgrid/protocol'

const TOLERANCE = 60_000

/** The stamp as the server takes it: more than 60 s ahead of its time is held to its time [ST3]. */
export function holdStamp(sent: Stamp, serverNow: number): Stamp {
  return sent.wall > serverNow + TOLERANCE ? { wall: serverNow, counter: 0 } : sent
}

/** The stamp, or one above a stamp that its change covers [ST4]. */
export function stampAbove(stamp: Stamp, covered: Stamp): Stamp {
  return compareStamps(stamp, covered) > 0 ? stamp : nextStamp(covered)
}
