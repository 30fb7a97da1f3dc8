import { composeEdits, invertLengths, moveOverForeign, sameEdit, transformEdit } from '@taskgrid/kernel'
import type { TaskId, TextEdit, TextField } from '@taskgrid/protocol'
import type { OutboxText } from '../store/outbox-change.js'
import { anew, isText, OUTBOX } from '../store/outbox-change.js'
import type { ReplicaReading, ReplicaWriting } from '../store/replica-store.js'

/**
 * Keeps the copies of pending text edits that are shown fit for the confirmed text under them. What is sent never moves.
 */

/** A foreign edit of a field came from the log: the pending edits of the field move over it. */
export function moveTextsOverForeign(writing: ReplicaWriting, task: TaskId, field: TextField, foreign: TextEdit): void {
  const rows = pendingTexts(writing, task, field)
  keepShown(writing, rows, moveOverForeign(rows.map((row) => row.shown), foreign).pending)
}

/** The field's pending edits, oldest first. */
export function pendingTexts(reading: ReplicaReading, task: TaskId, field: TextField): readonly OutboxText[] {
  return reading.pendingOf(task).filter((row) => isText(row, task, field))
}

/**
 * Pending edits of a field were refused, so the never-sent ones after them stand on a text that will not be [PU13]:
 * ```
 *    text --- refused --- ·
 *     |                   |
 *   anew                 edit      anew = transform(edit, undo of refused, "right")
 *     ↓                   ↓
 * ```
 * One is expressed anew where that is certain: where no foreign edit moved it, so that the copy shown is what was made. Otherwise it is
 * parked with the refused one. Of one that was sent only the copy shown moves; its own answer decides over it.
 */
export function expressWithout(writing: ReplicaWriting, before: readonly OutboxText[], refused: OutboxText, now: number): void {
  let undo = invertLengths(refused.shown)
  for (const row of before) {
    if (row.place <= refused.place) continue
    const edit = transformEdit(row.shown, undo, 'right')
    undo = transformEdit(undo, row.shown, 'left')
    if (row.state !== OUTBOX.unsent) writing.replace({ ...row, shown: edit })
    else if (sameEdit(row.shown, row.change.edit)) writing.replace(anew(row, row.origin, { ...row.change, edit }, edit))
    else {
      undo = composeEdits(invertLengths(edit), undo)
      writing.reject(row, 'dependent', 'It builds on an edit that was refused.', now)
    }
  }
}

/** Writes the moved copies back. */
export function keepShown(writing: ReplicaWriting, rows: readonly OutboxText[], moved: readonly TextEdit[]): void {
  for (const [i, row] of rows.entries()) {
    const shown = moved[i]
    if (shown !== undefined && !sameEdit(row.shown, shown)) writing.replace({ ...row, shown })
  }
}
