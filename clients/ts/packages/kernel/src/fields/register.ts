import type { CausalClock, JsonValue, Origin, Stamp } from '@taskgrid/protocol'
import { compareStamps, sameJson } from '@taskgrid/protocol'
import { covers } from '../clocks/causality.js'
import { stampAbove } from '../clocks/stamp-adjust.js'

/** A write to a register. */
export interface RegisterEntry {
  readonly seq: number
  readonly origin: Origin
  readonly at: Stamp
  readonly value: JsonValue
}

/** A register: its current writer, and those before and beside it. */
export interface Register {
  readonly current?: RegisterEntry
  readonly others: readonly RegisterEntry[]
}

/** What became of a write. */
export interface RegisterWrite {
  readonly next: Register
  readonly entry: RegisterEntry
  readonly applied: boolean
  /** The current writer that the write is concurrent to and differs from. */
  readonly rival?: RegisterEntry
}

/** A register that nobody wrote. */
export const EMPTY_REGISTER: Register = { others: [] }

/** Takes a write in, in order of the log [OP4] [ST4]: one that covers the current writer wins; of concurrent ones the higher (at, replica). */
export function writeRegister(register: Register, write: RegisterEntry, clock: CausalClock): RegisterWrite {
  const entry = adjusted(register, write, clock)
  const { current } = register
  if (current === undefined) return { next: { ...register, current: entry }, entry, applied: true }
  const covering = covers(clock, entry.origin, current.seq, current.origin)
  const applied = covering || beats(entry, current)
  return {
    next: applied ? { current: entry, others: [...register.others, current] } : { current, others: [...register.others, entry] },
    entry,
    applied,
    ...(covering || sameJson(current.value, entry.value) ? {} : { rival: current }),
  }
}

function beats(entry: RegisterEntry, current: RegisterEntry): boolean {
  const order = compareStamps(entry.at, current.at)
  return order === 0 ? entry.origin.replica > current.origin.replica : order > 0
}

function adjusted(register: Register, write: RegisterEntry, clock: CausalClock): RegisterEntry {
  const all = register.current === undefined ? register.others : [register.current, ...register.others]
  const at = all.reduce((stamp, other) => (covers(clock, write.origin, other.seq, other.origin) ? stampAbove(stamp, other.at) : stamp), write.at)
  return { ...write, at }
}
