import { isId } from '../ids.js'
import { isObject } from '../json/json-value.js'

/**
 * What the author had seen when a change was made: every change with seq up to `base`, the author's own earlier ones, and, after a fork,
 * the author's former replicas up to a number [CL1] [CL2]. Never altered after the change was made.
 */
export interface CausalClock {
  readonly base: number
  readonly [replica: string]: number
}

/** The former replicas of a clock. */
export function replicasOf(clock: CausalClock): readonly (readonly [string, number])[] {
  return Object.entries(clock).filter(([name]) => name !== 'base')
}

/** Equal clocks. */
export function sameClock(left: CausalClock, right: CausalClock): boolean {
  const names = Object.keys(left)
  return names.length === Object.keys(right).length && names.every((name) => left[name] === right[name])
}

/** True for a clock as the wire has it. */
export function isClock(value: unknown): value is CausalClock {
  return isObject(value) && isCount(value['base']) && Object.entries(value).every(([name, n]) => (name === 'base' || isId(name)) && isCount(n))
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
