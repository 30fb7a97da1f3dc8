import { observe, setDown } from '@taskgrid/kernel'
import type { ChangeResult, ReplicaId } from '@taskgrid/protocol'
import { compareStamps, readTime, stampOf } from '@taskgrid/protocol'
import type { OutboxChange } from '../store/outbox-change.js'
import { isText, OUTBOX } from '../store/outbox-change.js'
import type { ReplicaWriting } from '../store/replica-store.js'
import { expressWithout, pendingTexts } from './pending-texts.js'

/**
 * Takes in what became of each sent change: marks the answered ones; takes the refused ones out of the view and onto their user's list.
 * Answers how many were refused. `now` is the device's time, for that list. How long a change is kept and how far a clock comes down go by
 * the server's, for a device's may be years off.
 */
export function takeResults(
  writing: ReplicaWriting, replica: ReplicaId, results: readonly ChangeResult[], now: number, serverTime: string,
): number {
  const serverNow = readTime(serverTime) ?? now
  let refused = 0
  for (const result of results) {
    const row = writing.find({ replica, n: result.n })
    if (row === undefined || row.state >= OUTBOX.answered) continue
    if (result.status === 'rejected') {
      refuse(writing, row, result.code ?? 'invalid', result.detail, now)
      refused++
    } else answer(writing, row, result, serverNow)
  }
  return refused
}

/** Takes a change out of the view, with what only stood on it. */
export function refuse(writing: ReplicaWriting, row: OutboxChange, code: string, detail: string | undefined, now: number): void {
  const before = isText(row) ? pendingTexts(writing, row.change.task, row.change.field) : []
  writing.reject(row, code, detail, now)
  if (isText(row) && before.length > 0) expressWithout(writing, before, row, now)
}

function answer(writing: ReplicaWriting, row: OutboxChange, { seq, at }: ChangeResult, serverNow: number): void {
  const { mark } = writing
  // A state that came whole may hold it already: then no change of the log will take it out of the overlay any more.
  const state = seq !== undefined && seq <= mark.base ? OUTBOX.done : OUTBOX.answered
  writing.replace({ ...row, state, sentAt: serverNow, ...(seq === undefined ? {} : { seq }) })
  if (at === undefined) return
  const adjusted = stampOf(at)
  const seen = observe(mark.clock, adjusted)
  // A lower stamp than the one sent is a hold: this clock ran ahead, and goes down to what it knows [ST6].
  const held = compareStamps(adjusted, stampOf(row.change.at)) < 0
  writing.putMark({ ...mark, clock: held ? setDown(seen, serverNow) : seen })
}
