/** A hybrid logical clock stamp as it stands on the wire, `YYYY-MM-DDTHH:mm:ss.sssZ/dddd` [ST1]. */
export type StampText = string

/** A stamp taken apart; ordered as (wall, counter). */
export interface Stamp {
  /** Milliseconds since 1970. */
  readonly wall: number
  /** 0 to 9999. */
  readonly counter: number
}

/** The highest counter; past it the wall moves one millisecond. */
export const MAX_COUNTER = 9999

/** Below every other stamp. */
export const NO_STAMP: Stamp = { wall: 0, counter: 0 }

const FORM = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)\/(\d{4})$/
const MAX_WALL = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** Reads exactly the wire form; undefined for anything else. */
export function readStamp(text: unknown): Stamp | undefined {
  if (typeof text !== 'string') return undefined
  const [, time, counter] = FORM.exec(text) ?? []
  if (time === undefined || counter === undefined) return undefined
  const wall = readTime(time)
  return wall === undefined ? undefined : { wall, counter: Number(counter) }
}

/** The wire form. */
export function stampText(stamp: Stamp): StampText {
  return `${timeText(stamp.wall)}/${String(stamp.counter).padStart(4, '0')}`
}

/** Reads a stamp that is known to be one. */
export function stampOf(text: StampText): Stamp {
  const stamp = readStamp(text)
  if (stamp === undefined) throw new TypeError('not a stamp')
  return stamp
}

/** Negative if the first is earlier. */
export function compareStamps(left: Stamp, right: Stamp): number {
  return left.wall - right.wall || left.counter - right.counter
}

/** The later of two. */
export function laterStamp(left: Stamp, right: Stamp): Stamp {
  return compareStamps(left, right) >= 0 ? left : right
}

/** The least stamp above this one; the highest of all has none and stays. */
export function nextStamp(stamp: Stamp): Stamp {
  if (stamp.counter < MAX_COUNTER) return { wall: stamp.wall, counter: stamp.counter + 1 }
  return stamp.wall < MAX_WALL ? { wall: stamp.wall + 1, counter: 0 } : stamp
}

/** The one text form of a time [ID6]. */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

/** Reads the one text form of a time; undefined for anything else, days that no month has included. */
export function readTime(text: unknown): number | undefined {
  if (typeof text !== 'string' || text.length !== 24) return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) || timeText(time) !== text ? undefined : time
}
