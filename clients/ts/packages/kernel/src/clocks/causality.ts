import type { CausalClock, Origin } from '@taskgrid/protocol'

/** True if a change of this clock and author covers another: it happened after it [CL4]. */
export function covers(clock: CausalClock, author: Origin, seq: number, other: Origin | null): boolean {
  return seq <= clock.base || (other !== null && isOwn(clock, author, other))
}

/** True for an own earlier change, former replicas of the clock included [CL1] [CL2]. */
export function isOwn(clock: CausalClock, author: Origin, other: Origin): boolean {
  return other.replica === author.replica ? other.n < author.n : other.n <= (clock[other.replica] ?? 0)
}
