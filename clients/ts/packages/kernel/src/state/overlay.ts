import type { CanonicalChange, Change, ConflictNote, Effect, Origin, TaskLine, UserId } from '@taskgrid/protocol'
import { stampOf, timeText } from '@taskgrid/protocol'
import { tryApplyEdit } from '../text/text-edits.js'
import { foldTask } from './task-fold.js'

/** A change that its author made and that is not in the confirmed state yet. */
export interface PendingChange {
  readonly origin: Origin
  readonly user: UserId
  /** As made; a text edit as moved over what came since. */
  readonly change: Change
  /** What the author's store expects the server to add: the subtasks that go along with a delete, the value that a choice stands for. */
  readonly guess?: Effect
  /** The conflict that a resolve is about, as the store knows it. */
  readonly conflict?: ConflictNote
}

/** The seq of what is not in the log yet: above every real one, and exact as an IEEE double. */
export const PENDING_SEQ = Number.MAX_SAFE_INTEGER

/**
 * A task as its author sees it: the confirmed state with the own pending changes on top, oldest first, folded by the same rules as the log
 * [LV4]. Confirmed state is never written by it, so that a rejection or a pull needs no undo. The line keeps the confirmed seq, which is 0
 * for a task that is itself pending.
 */
export function overlay(confirmed: TaskLine | undefined, pending: readonly PendingChange[]): TaskLine | undefined {
  let shown = confirmed
  for (const entry of pending) {
    const task = shown?.id ?? (entry.change.op === 'create' ? entry.change.task : undefined)
    const change = takenAs(entry)
    if (task !== undefined && change !== undefined && fits(shown, entry.change)) shown = foldTask(shown, change, task)
  }
  return shown === undefined ? undefined : { ...shown, seq: confirmed?.seq ?? 0 }
}

/**
 * A rejected edit leaves those after it on a text that is not there any more; until they are expressed anew they are not shown where they
 * do not fit [PU13].
 */
function fits(shown: TaskLine | undefined, change: Change): boolean {
  return change.op !== 'text' || shown?.id !== change.task || tryApplyEdit(shown[change.field], change.edit) !== undefined
}

/** The change as the log would hold it, were it taken in as it is; undefined for a resolve of a conflict that is not known. */
export function takenAs({ origin, user, change, guess, conflict }: PendingChange): CanonicalChange | undefined {
  const header = {
    seq: PENDING_SEQ, replica: origin.replica, user, time: timeText(stampOf(change.at).wall), ...(guess === undefined ? {} : { effect: guess }),
  }
  // An own resolve of a text is shown when it comes back, since its edit is the server's.
  if (change.op === 'resolve') return conflict === undefined ? undefined : { ...change, ...header, conflict }
  return { ...change, ...header }
}
