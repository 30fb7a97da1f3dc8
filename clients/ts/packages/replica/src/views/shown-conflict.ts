import { registerOf } from '@taskgrid/kernel'
import type { ChangeBody, ConflictNote, ConflictVersion, JsonValue, TaskLine } from '@taskgrid/protocol'
import { compareStamps, isTextField, sameJson, stampOf } from '@taskgrid/protocol'
import { bodyOf } from '../store/outbox-change.js'
import type { ReplicaReading } from '../store/replica-store.js'
import { shownTask } from './replica-view.js'

/** A conflict as its user sees it: with what stands now, and with a decision that is not sent yet. */
export interface ShownConflict {
  readonly note: ConflictNote
  /** The task as it is shown; undefined if it is not known here. */
  readonly task: TaskLine | undefined
  /** This user's decision that the log does not hold yet. */
  readonly pending: ChangeBody | undefined
  /** The version that stands now; undefined where something else does. */
  readonly standing: ConflictVersion | undefined
  /** The version to flip to: the only other value beside the one that stands. Undefined where none stands, or there are several. */
  readonly other: ConflictVersion | undefined
  /** The text that merging made of the versions stands. */
  readonly mergedStands: boolean
}

/** Conflicts, newest first. One that this user decided is open until that is sent. */
export function shownConflicts(reading: ReplicaReading, openOnly: boolean): readonly ShownConflict[] {
  return reading.conflicts(openOnly).map((note) => shownConflict(reading, note))
}

/** A conflict as its user sees it. */
export function shownConflict(reading: ReplicaReading, note: ConflictNote): ShownConflict {
  const task = shownTask(reading, note.task)
  const pending = reading.pendingOf(note.task).map(({ change }) => bodyOf(change)).findLast((body) => decides(body, note))
  const standing = task === undefined ? undefined : standingOf(note, task)
  const value = task === undefined || note.field === undefined ? undefined : valueOf(task, note.field)
  const mergedStands = note.merged !== undefined && value !== undefined && sameJson(note.merged, value)
  return { note, task, pending, standing, other: task === undefined ? undefined : otherOf(note, task, standing), mergedStands }
}

function standingOf(note: ConflictNote, task: TaskLine): ConflictVersion | undefined {
  if (note.kind === 'deleted-edited') return task.deleted ? note.versions.find(({ op }) => op === 'delete') : undefined
  if (note.field === undefined) return undefined
  const value = valueOf(task, note.field)
  return newest(note.versions.filter((version) => sameJson(version.value, value)))
}

function otherOf(note: ConflictNote, task: TaskLine, standing: ConflictVersion | undefined): ConflictVersion | undefined {
  if (note.kind === 'deleted-edited') return note.versions.find(({ op }) => (op === 'delete') !== task.deleted)
  if (standing === undefined) return undefined
  const others = note.versions.filter(({ value }) => !sameJson(value, standing.value))
  const [first] = others
  return first !== undefined && others.every(({ value }) => sameJson(value, first.value)) ? others.at(-1) : undefined
}

/** The value that a field of a task has, of a text too; null where it has none. */
function valueOf(task: TaskLine, field: string): JsonValue {
  return isTextField(field) ? task[field] : (registerOf(task, field) ?? null)
}

/** Who restores a task whose delete is in question has answered the question. */
function decides(body: ChangeBody, note: ConflictNote): boolean {
  return body.op === 'resolve' ? body.conflict === note.id : body.op === 'restore' && note.kind === 'deleted-edited'
}

function newest(versions: readonly ConflictVersion[]): ConflictVersion | undefined {
  return [...versions]
    .sort((left, right) => compareStamps(stampOf(left.at), stampOf(right.at)) || (left.replica < right.replica ? -1 : 1))
    .at(-1)
}
