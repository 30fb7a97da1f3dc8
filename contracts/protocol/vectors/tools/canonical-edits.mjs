// The canonical edit of an author's edit as SPEC [TX5] says it, column by column, with ot-text-unicode for every square.
import { type } from 'ot-text-unicode'

const copy = (edit) => JSON.parse(JSON.stringify(edit))
const transform = (edit, other, side) => type.transform(copy(edit), copy(other), side)

/** Pending edits over a foreign one: `[{ edit }]`, oldest first, as they read after it. */
export function overForeign(pending, foreign) {
  return pending.map((p) => {
    const over = { ...p, edit: transform(p.edit, foreign, 'right') }
    foreign = transform(foreign, p.edit, 'left')
    return over
  })
}

/** Replays what the author's store did. `log`: `{ seq, replica, n, clock: { base, replicas }, sent, edit }` in order of seq. */
export function canonical(log, author, clock, sent) {
  const isOwn = (entry) => entry.replica !== null &&
    (entry.replica === author.replica ? entry.n < author.n : entry.n <= (clock.replicas[entry.replica] ?? 0))
  let from = clock.base
  for (const entry of [...log].reverse()) if (entry.seq > from && isOwn(entry)) from = Math.min(from, entry.clock.base)
  const own = [...log.filter((e) => e.seq > from && isOwn(e)), { ...author, clock, sent, seq: Infinity }]
  let pending = []
  let at = from
  const advance = (to) => {
    for (const entry of log.filter((e) => e.seq > at && e.seq <= to)) {
      if (isOwn(entry)) {
        const first = pending.shift()
        if (JSON.stringify(first.edit) !== JSON.stringify(entry.edit)) throw new Error('an own edit came back otherwise than rebased')
        continue
      }
      pending = overForeign(pending, entry.edit)
    }
    at = Math.max(at, to)
  }
  for (const edit of own) {
    advance(edit.clock.base)
    pending.push({ edit: edit.sent })
  }
  advance(Infinity)
  if (pending.length !== 1) throw new Error('the last column holds more than the edit')
  return pending[0].edit
}
