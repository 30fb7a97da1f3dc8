import { applyEdit, countCodePoints, editBetween, moveOverForeign, onlyInserts, tryApplyEdit } from '@taskgrid/kernel'
import type { ConflictNote, PullAnswer, ReplicaId, SnapshotHead, TaskId, TaskLine, TextEdit, TextField, TextHistory } from '@taskgrid/protocol'
import { EMPTY_EDIT } from '@taskgrid/protocol'
import type { OutboxChange, OutboxText } from '../store/outbox-change.js'
import { isText, OUTBOX } from '../store/outbox-change.js'
import type { ReplicaReading, ReplicaWriting } from '../store/replica-store.js'
import type { Snapshot } from '../transport/transport.js'
import { takeChanges } from './log-intake.js'
import type { FreshId } from './new-replica.js'
import { canBecome } from './own-change.js'
import { keepShown, moveTextsOverForeign, pendingTexts } from './pending-texts.js'
import type { Held } from './reoffer.js'
import { beginReoffer, endReoffer } from './reoffer.js'

/**
 * Carries the outbox over from one confirmed state to another that came whole, without the changes in between.
 */

/** A text field of a task. */
export interface FieldOfTask {
  readonly task: TaskId
  readonly field: TextField
}

/** The foreign edits that whole states hold and the store does not, where the server could tell. */
export class MissedEdits {
  private readonly histories = new Map<string, TextHistory>()

  add({ task, field }: FieldOfTask, history: TextHistory): void {
    this.histories.set(`${task}/${field}`, history)
  }

  of({ task, field }: FieldOfTask): TextHistory | undefined {
    return this.histories.get(`${task}/${field}`)
  }
}

const NONE_LOST: ReadonlySet<number> = new Set()

/** The text fields that have pending edits. */
export function pendingFields(reading: ReplicaReading): readonly FieldOfTask[] {
  const fields = new Map<string, FieldOfTask>()
  for (const row of reading.pending())
    if (isText(row)) fields.set(`${row.change.task}/${row.change.field}`, { task: row.change.task, field: row.change.field })
  return [...fields.values()]
}

/** Takes over the states of some tasks, and the other changes that came with them [PL8]. */
export function takeStates(writing: ReplicaWriting, answer: PullAnswer, states: readonly TaskLine[], missed: MissedEdits): boolean {
  if (answer.from !== writing.mark.base) return false
  const carry: Carry = { to: answer.to, taken: answer.taken, missed, lost: NONE_LOST }
  for (const state of states) {
    rebase(writing, state.id, writing.task(state.id), state, carry)
    writing.putTask(state)
  }
  settle(writing, answer.to)
  return takeChanges(writing, answer.from, answer.to, answer.changes)
}

/** What is known beside a snapshot. */
export interface SnapshotAside {
  /** The conflicts that are open in it. */
  readonly conflicts: readonly ConflictNote[]
  /** What others did to texts with pending edits. */
  readonly missed: MissedEdits
  /** Where it is of another log than the one known: how far it holds what this store sent. */
  readonly held?: Held
}

/** Takes a snapshot over, in the caller's one transaction: the confirmed state is replaced, the outbox stays on top of it. */
export function takeSnapshot(writing: ReplicaWriting, freshId: FreshId, snapshot: Snapshot, { conflicts, missed, held }: SnapshotAside): void {
  const { head } = snapshot
  const lost = held === undefined ? NONE_LOST : beginReoffer(writing, held)
  rebaseAll(writing, snapshot, { to: head.seq, taken: head.taken, missed: held === undefined ? missed : new MissedEdits(), lost })
  writing.clearConfirmed()
  writing.load(snapshot.tasks)
  for (const definition of snapshot.definitions) writing.putDefinition(definition)
  for (const member of snapshot.members) writing.putMember(member)
  for (const conflict of conflicts) writing.putConflict(conflict)
  if (held === undefined) settle(writing, head.seq)
  else endReoffer(writing, freshId, head)
  writing.putMark({ ...writing.mark, base: head.seq, history: head.history, quarantined: false, evicted: false })
}

/** What a whole state holds. */
interface Carry extends Pick<SnapshotHead, 'taken'> {
  readonly to: number
  readonly missed: MissedEdits
  readonly lost: ReadonlySet<number>
}

function rebaseAll(writing: ReplicaWriting, snapshot: Snapshot, carry: Carry): void {
  const tasks = new Set(pendingFields(writing).map(({ task }) => task))
  if (tasks.size === 0) return
  for (const { line } of snapshot.tasks) if (tasks.has(line.id)) rebase(writing, line.id, writing.task(line.id), line, carry)
}

function rebase(writing: ReplicaWriting, task: TaskId, before: TaskLine | undefined, after: TaskLine, carry: Carry): void {
  for (const field of ['title', 'description'] as const) {
    const rows = pendingTexts(writing, task, field)
    if (rows.length === 0) continue
    const history = carry.missed.of({ task, field })
    if (history !== undefined) byEdits(writing, { task, field }, history, carry.to)
    else byDifference(writing, rows, before?.[field] ?? '', after[field], carry)
  }
}

/** With every edit in between, this is what the changes would have done one by one. */
function byEdits(writing: ReplicaWriting, { task, field }: FieldOfTask, history: TextHistory, to: number): void {
  const held = writing.mark.base
  for (const { seq, replica, n, edit } of history.edits) {
    if (seq <= held || seq > to) continue
    const row = replica === null || n === null ? undefined : writing.find({ replica, n })
    const isOwn = row?.change.op === 'text' && canBecome(row.change.edit, edit)
    if (isOwn && row.state < OUTBOX.done) writing.replace({ ...row, state: OUTBOX.done, seq })
    else moveTextsOverForeign(writing, task, field, edit)
  }
}

/**
 * Without them, all that others did is taken as one edit: the difference of the two texts. Edits that the new state holds are part of the
 * text before; edits that it lost are typed again on the text after.
 */
function byDifference(writing: ReplicaWriting, rows: readonly OutboxText[], textBefore: string, textAfter: string, carry: Carry): void {
  const { replica } = writing.mark
  let [before, after] = [textBefore, textAfter]
  const rest: OutboxText[] = []
  for (const row of rows) {
    if (carry.lost.has(row.place)) {
      const typed = onlyInserts(row.shown, countCodePoints(after))
      after = applyEdit(after, typed)
      writing.replace({ ...row, shown: typed })
    } else if (isTaken(row, replica, carry.taken)) {
      before = tryApplyEdit(before, row.shown) ?? before
      writing.replace({ ...row, shown: EMPTY_EDIT })
    } else rest.push(row)
  }
  const edits = rest.map((row) => row.shown)
  const moved = moveOverForeign(edits, editBetween(before, after)).pending
  keepShown(writing, rest, fits(moved, after) ? moved : typedAgain(edits, after))
}

function fits(edits: readonly TextEdit[], text: string): boolean {
  return edits.reduce<string | undefined>((shown, edit) => (shown === undefined ? undefined : tryApplyEdit(shown, edit)), text) !== undefined
}

/** The text that the edits were made on is not known any more (access was lost in between): what was typed is kept. */
function typedAgain(edits: readonly TextEdit[], text: string): readonly TextEdit[] {
  let shown = text
  return edits.map((edit) => {
    const typed = onlyInserts(edit, countCodePoints(shown))
    shown = applyEdit(shown, typed)
    return typed
  })
}

/**
 * What the state holds is done with. A change whose answer was lost is sent once more for it, since it may have been refused, or its number
 * be that of a copy's change; where its text could not be told from the state's, it was taken out of the view already.
 */
function settle(writing: ReplicaWriting, to: number): void {
  for (const row of writing.pending())
    if (row.state === OUTBOX.answered && row.seq !== undefined && row.seq <= to) writing.replace({ ...row, state: OUTBOX.done })
}

function isTaken(row: OutboxChange, replica: ReplicaId, taken: number): boolean {
  return row.origin.replica === replica && row.origin.n <= taken
}
