import type { CausalClock, Origin } from '@taskgrid/protocol'
import { compareUtf8 } from '@taskgrid/protocol'
import { covers } from '../clocks/causality.js'

/** One add to a set. */
export interface Dot {
  readonly value: string
  readonly seq: number
  readonly origin: Origin
}

/** An observed-remove set: a value is in it while it has a dot [OP6]. */
export type ObservedSet = readonly Dot[]

/** The values, sorted by UTF-8 bytes [TL4]. */
export function valuesOf(set: ObservedSet): readonly string[] {
  return sortedValues(set.map((dot) => dot.value))
}

/** Takes the dots of a value away that the clock covers; whether the value is gone. */
export function removeObserved(set: ObservedSet, value: string, author: Origin, clock: CausalClock): readonly [ObservedSet, boolean] {
  const next = set.filter((dot) => dot.value !== value || !covers(clock, author, dot.seq, dot.origin))
  return [next, !next.some((dot) => dot.value === value)]
}

/** Each once, sorted by UTF-8 bytes. */
export function sortedValues(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort(compareUtf8)
}
