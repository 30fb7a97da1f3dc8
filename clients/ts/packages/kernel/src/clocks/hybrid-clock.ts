import type { Stamp } from '@taskgrid/protocol'
import { compareStamps, laterStamp, nextStamp, NO_STAMP } from '@taskgrid/protocol'

/**
 * A client's hybrid logical clock: it follows the estimate of the server's time, never goes back on its own, and stands above all that its
 * owner has seen. The estimate comes in as data.
 */
export interface HybridClock {
  /** The last stamp that it gave out. */
  readonly last: Stamp
  /** The highest adjusted stamp that it has seen. */
  readonly seen: Stamp
}

/** A clock that gave out nothing and saw nothing. */
export const FRESH_CLOCK: HybridClock = { last: NO_STAMP, seen: NO_STAMP }

/** Gives out the next stamp [ST2]: the estimate as it is, unless the clock stands there or above already. */
export function tick(clock: HybridClock, estimate: number): readonly [HybridClock, Stamp] {
  const stamp = laterStamp({ wall: estimate, counter: 0 }, nextStamp(laterStamp(clock.last, clock.seen)))
  return [{ ...clock, last: stamp }, stamp]
}

/** The clock after an adjusted stamp was seen: in a result, a canonical change or a snapshot. */
export function observe(clock: HybridClock, adjusted: Stamp): HybridClock {
  return { ...clock, seen: laterStamp(clock.seen, adjusted) }
}

/** The clock after the server held one of its stamps: set down to the higher of what it has seen and the estimate, never up [ST6]. */
export function setDown(clock: HybridClock, estimate: number): HybridClock {
  const floor = laterStamp(clock.seen, { wall: estimate, counter: 0 })
  return compareStamps(clock.last, floor) > 0 ? { ...clock, last: floor } : clock
}
