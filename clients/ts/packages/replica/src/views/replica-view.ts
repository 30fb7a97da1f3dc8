import type { PendingChange } from '@taskgrid/kernel'
import { overlay, writtenOver } from '@taskgrid/kernel'
import type { ChangeBody, ConflictNote, DefinitionLine, Effect, Resolve, TaskId, TaskLine } from '@taskgrid/protocol'
import { compareUtf8 } from '@taskgrid/protocol'
import type { OutboxChange } from '../store/outbox-change.js'
import { shownChange } from '../store/outbox-change.js'
import type { ReplicaReading } from '../store/replica-store.js'
import { groupBy } from './group-by.js'

/** A task as its user sees it. */
export interface ShownTask {
  readonly line: TaskLine
  /** Some of it the server does not have yet. */
  readonly pending: boolean
}

/** A task as its user sees it: the confirmed state with the outbox on top; undefined if there is none. Tombstones included. */
export function shownTask(reading: ReplicaReading, task: TaskId): TaskLine | undefined {
  return shownLine(reading, reading.task(task), reading.pendingOf(task))
}

/** All tasks, tombstones included, in no particular order. */
export function shownTasks(reading: ReplicaReading): readonly ShownTask[] {
  const pending = reading.pending()
  const byTask = groupBy(pending, (row) => row.task)
  byTask.delete(undefined)
  const shown: ShownTask[] = []
  for (const line of reading.tasks()) {
    const changes = byTask.get(line.id)
    if (changes === undefined) shown.push({ line, pending: false })
    else if (byTask.delete(line.id)) shown.push({ line: shownLine(reading, line, changes) ?? line, pending: true })
  }
  for (const changes of byTask.values()) {
    const created = shownLine(reading, undefined, changes)
    if (created !== undefined) shown.push({ line: created, pending: true })
  }
  return hideUnderDeleted(shown, pending)
}

/** Projects, labels and views, by kind and id. */
export function shownDefinitions(reading: ReplicaReading): readonly DefinitionLine[] {
  const lines = new Map(reading.definitions().map((line) => [line.id, line]))
  for (const { change } of reading.pending()) {
    if (change.op !== 'define') continue
    const { kind, id } = change
    const line = lines.get(id) ?? { kind, id, seq: 0, values: {} }
    lines.set(id, { ...line, values: writtenOver(line, change) })
  }
  return [...lines.values()].sort((left, right) => compareUtf8(left.kind + left.id, right.kind + right.id))
}

/** The task that a change is about; a resolve names it through its conflict. */
export function taskOfBody(reading: ReplicaReading, body: ChangeBody): TaskId | undefined {
  if (body.op === 'resolve') return reading.conflict(body.conflict)?.task
  return 'task' in body ? body.task : undefined
}

function shownLine(reading: ReplicaReading, confirmed: TaskLine | undefined, pending: readonly OutboxChange[]): TaskLine | undefined {
  return pending.length === 0 ? confirmed : overlay(confirmed, pending.map((row) => pendingChange(reading, row)))
}

/** A change of the outbox as the overlay takes it. */
export function pendingChange(reading: ReplicaReading, row: OutboxChange): PendingChange {
  const pending = { origin: row.origin, user: reading.mark.user, change: shownChange(row) }
  const conflict = row.change.op === 'resolve' ? reading.conflict(row.change.conflict) : undefined
  if (row.change.op !== 'resolve' || conflict === undefined) return pending
  const guess = guessOf(row.change, conflict)
  return { ...pending, conflict, ...(guess === undefined ? {} : { guess }) }
}

/**
 * What a resolve will do, as far as it is plain: a register takes the chosen value, a task goes or comes back, or goes to the top level. A
 * text, and a move under another task, wait for the server.
 */
function guessOf({ choice, value: given = null }: Resolve, conflict: ConflictNote): Effect | undefined {
  const chosen = conflict.versions.find((version) => version.seq === choice)
  const value = choice === undefined ? given : (chosen?.value ?? null)
  switch (conflict.kind) {
    case 'register':
    case 'reassigned':
      return { value }
    case 'deleted-edited':
      return (chosen === undefined ? value === true : chosen.op === 'delete') ? { deleted: [conflict.task] } : { restored: [conflict.task] }
    case 'orphaned':
    case 'cycle':
      return value === null ? { value } : undefined
    default:
      return undefined
  }
}

/** A delete takes along the subtasks that are known under it; until the log says which, all of them are hidden. */
function hideUnderDeleted(shown: readonly ShownTask[], pending: readonly OutboxChange[]): readonly ShownTask[] {
  const deletes = new Set(pending.flatMap(({ change }) => (change.op === 'delete' ? [change.task] : [])))
  const open = shown.filter(({ line }) => line.deleted && deletes.has(line.id)).map(({ line }) => line.id)
  if (open.length === 0) return shown
  const children = groupBy(shown, ({ line }) => line.parent)
  const hidden = new Set<TaskId>()
  for (let parent = open.pop(); parent !== undefined; parent = open.pop())
    for (const { line } of children.get(parent) ?? [])
      if (!hidden.has(line.id)) {
        hidden.add(line.id)
        open.push(line.id)
      }
  return shown.map((task) => (hidden.has(task.line.id) ? { ...task, line: { ...task.line, deleted: true } } : task))
}
