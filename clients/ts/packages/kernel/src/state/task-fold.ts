import type { AddToSet, CanonicalChange, CanonicalHeader, CanonicalResolve, Create, Effect, JsonValue, RemoveFromSet, TaskId, TaskLine } from '@taskgrid/protocol'
import { CUSTOM_PREFIX, isCustom, isTextField, stampOf, timeText } from '@taskgrid/protocol'
import { sortedValues } from '../fields/observed-set.js'
import { applyEdit } from '../text/text-edits.js'
import { foldAttachments } from './attachment-fold.js'
import { foldComments } from './comment-fold.js'
import { withMember, withRegister, withText } from './fields-of-line.js'

/** The tasks that a change touches, by its op or its effect; each once, the op's own first [TL2]. */
export function touchedBy(change: CanonicalChange): readonly TaskId[] {
  const own = ownTask(change)
  const { deleted = [], top = [], restored = [] } = change.effect ?? {}
  return [...new Set([...(own === undefined ? [] : [own]), ...deleted, ...top, ...restored])]
}

/**
 * The line of a task after the next canonical change of the log; the same line if the change does not touch it; undefined while there is
 * none. The server and every client fold with the same rules, so whoever has the log up to a seq has the same lines, byte for byte. Nothing
 * is merged here: where the outcome differs from the plain reading, the effect says so [PL4].
 */
export function foldTask(line: TaskLine | undefined, change: CanonicalChange, task: TaskId): TaskLine | undefined {
  const own = ownTask(change) === task
  if (own && line === undefined && change.op === 'create') return withEffect(created(change), change.effect, own)
  if (line === undefined || !(own || names(change.effect, task))) return line
  const touched: TaskLine = { ...line, seq: change.seq, updatedAt: change.time }
  return withEffect(own && change.effect?.applied !== false ? plain(touched, change) : touched, change.effect, own)
}

/** A resolve names its task through its conflict. */
function ownTask(change: CanonicalChange): TaskId | undefined {
  if (change.op === 'resolve') return change.conflict.task
  return 'task' in change ? change.task : undefined
}

function names(effect: Effect | undefined, task: TaskId): boolean {
  return [effect?.deleted, effect?.top, effect?.restored].some((ids) => ids?.includes(task) === true)
}

function created(change: CanonicalHeader & Create): TaskLine {
  const { title = '', description = '', labels = [], watchers = [], ...registers } = change.values
  const given = Object.entries(registers).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined && entry[1] !== null)
  return {
    kind: 'task',
    id: change.task,
    seq: change.seq,
    title,
    description,
    ...Object.fromEntries(given.filter(([name]) => !isCustom(name))),
    labels: sortedValues(labels),
    watchers: sortedValues(watchers),
    custom: Object.fromEntries(given.filter(([name]) => isCustom(name)).map(([name, value]) => [name.slice(CUSTOM_PREFIX.length), value])),
    comments: [],
    attachments: [],
    createdBy: change.user,
    createdAt: timeText(stampOf(change.at).wall),
    updatedAt: change.time,
    deleted: false,
  }
}

/** The change as its op reads [PL11]. */
function plain(line: TaskLine, change: CanonicalChange): TaskLine {
  switch (change.op) {
    case 'set':
      return withRegister(line, change.field, change.effect?.value === undefined ? change.value : change.effect.value)
    case 'text':
      return withText(line, change.field, applyEdit(line[change.field], change.edit))
    case 'add':
    case 'remove':
      return withSet(line, change)
    case 'comment':
    case 'editComment':
    case 'deleteComment':
      return { ...line, comments: foldComments(line.comments, change) }
    case 'attach':
    case 'detach':
      return { ...line, attachments: foldAttachments(line.attachments, change) }
    case 'delete':
      return { ...line, deleted: true }
    case 'restore':
      return { ...line, deleted: false }
    case 'resolve':
      return resolved(line, change)
    default:
      // A create of a task that is there: the first in the log stands. The others are on no task.
      return line
  }
}

function withSet(line: TaskLine, change: AddToSet | RemoveFromSet): TaskLine {
  const values = line[change.field]
  const after = change.op === 'add' ? sortedValues([...values, change.value]) : values.filter((value) => value !== change.value)
  return withMember(line, change.field, after)
}

/** A resolve does only what its effect says, to the field of its conflict [CF10]. */
function resolved(line: TaskLine, change: CanonicalHeader & CanonicalResolve): TaskLine {
  const { effect, conflict } = change
  if (effect === undefined || conflict.field === undefined) return line
  if (effect.edit !== undefined && isTextField(conflict.field)) return withText(line, conflict.field, applyEdit(line[conflict.field], effect.edit))
  return effect.value === undefined ? line : withRegister(line, conflict.field, effect.value)
}

function withEffect(line: TaskLine, effect: Effect | undefined, own: boolean): TaskLine {
  if (effect === undefined) return line
  const orphaned = (own && effect.parent === null) || effect.top?.includes(line.id) === true ? withRegister(line, 'parent', null) : line
  const deleted = effect.deleted?.includes(line.id) === true ? { ...orphaned, deleted: true } : orphaned
  return effect.restored?.includes(line.id) === true ? { ...deleted, deleted: false } : deleted
}
