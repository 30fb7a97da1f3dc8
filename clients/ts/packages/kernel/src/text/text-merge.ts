import type { CausalClock, Origin, TextEdit } from '@taskgrid/protocol'
import { isOwn } from '../clocks/causality.js'
import { moveOverForeign } from './text-branch.js'

/** An edit of one text field as it stands in the log. */
export interface TextLogEntry {
  readonly seq: number
  /** Who made it; null if the server did, which is foreign to every author [TX9]. */
  readonly origin: Origin | null
  readonly clock: CausalClock
  readonly sent: TextEdit
  readonly applied: TextEdit
}

/**
 * The canonical edit of an author's edit [TX5]: replays what the author's store did, one foreign edit after the other.
 * ```
 *   text at base --- f1 ------- f2 ---→ text before the edit in the log     f: foreign, m: the author's own, oldest first
 *        |            |          |
 *        m1           m1'        m1"    m' = transform(m, f, "right")
 *        ↓            ↓          ↓      f' = transform(f, m, "left")
 *        · -- f1' --- · -- f2' --·
 *        m2           m2'        m2"    = the canonical edit
 * ```
 * @param log The field's entries in order of seq, complete from the base of the oldest own edit that `clock.base` does not cover.
 */
export function integrateEdit(log: readonly TextLogEntry[], author: Origin, clock: CausalClock, sent: TextEdit): TextEdit {
  const own = (entry: TextLogEntry) => entry.origin !== null && isOwn(clock, author, entry.origin)
  const from = log.reduceRight((base, entry) => (entry.seq > base && own(entry) ? Math.min(base, entry.clock.base) : base), clock.base)
  const made = [...log.filter((entry) => entry.seq > from && own(entry)), { clock, sent }]
  let pending: readonly TextEdit[] = []
  let at = from
  const advance = (to: number) => {
    for (const entry of log) {
      if (entry.seq <= at || entry.seq > to) continue
      pending = own(entry) ? pending.slice(1) : moveOverForeign(pending, entry.applied).pending
    }
    at = Math.max(at, to)
  }
  for (const edit of made) {
    advance(edit.clock.base)
    pending = [...pending, edit.sent]
  }
  advance(Infinity)
  return pending[0] ?? []
}
