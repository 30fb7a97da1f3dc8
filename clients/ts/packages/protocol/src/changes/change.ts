import type { AttachmentId, CommentId, ConflictId, DefinitionId, TaskId } from '../ids.js'
import type { JsonObject, JsonValue } from '../json/json-value.js'
import type { TextEdit } from '../text/text-edit.js'
import type { CausalClock } from './clock.js'
import type { SetField, TextField } from './fields.js'
import type { StampText } from './stamp.js'

/** What a new task starts with: texts, registers (custom ones as `custom.<name>`), sets. */
export interface TaskValues {
  readonly title?: string
  readonly description?: string
  readonly labels?: readonly string[]
  readonly watchers?: readonly string[]
  readonly [register: string]: JsonValue | undefined
}

/** Makes a task, once per id. */
export interface Create { readonly op: 'create'; readonly task: TaskId; readonly values: TaskValues }

/** Writes a register; null clears. */
export interface SetRegister { readonly op: 'set'; readonly task: TaskId; readonly field: string; readonly value: JsonValue }

/** Edits a text: what the author saw; in canonical form, the text before it in the log. */
export interface EditText { readonly op: 'text'; readonly task: TaskId; readonly field: TextField; readonly edit: TextEdit }

/** Adds to a set. */
export interface AddToSet { readonly op: 'add'; readonly task: TaskId; readonly field: SetField; readonly value: string }

/** Takes the adds that the author had seen out of a set. */
export interface RemoveFromSet { readonly op: 'remove'; readonly task: TaskId; readonly field: SetField; readonly value: string }

/** Adds a comment. */
export interface AddComment { readonly op: 'comment'; readonly task: TaskId; readonly comment: CommentId; readonly body: string; readonly parent?: CommentId }

/** Writes a comment's body anew. */
export interface EditComment { readonly op: 'editComment'; readonly task: TaskId; readonly comment: CommentId; readonly body: string }

/** Deletes a comment; a tombstone stays. */
export interface DeleteComment { readonly op: 'deleteComment'; readonly task: TaskId; readonly comment: CommentId }

/** Announces an attachment; its sealed bytes follow by another way. */
export interface Attach {
  readonly op: 'attach'
  readonly task: TaskId
  readonly attachment: AttachmentId
  readonly size: number
  readonly sha256: string
  readonly epoch: number
  readonly sealed: string
}

/** Takes an attachment away; a tombstone stays. */
export interface Detach { readonly op: 'detach'; readonly task: TaskId; readonly attachment: AttachmentId }

/** Deletes a task and the subtasks that the author had seen under it. */
export interface DeleteTask { readonly op: 'delete'; readonly task: TaskId }

/** Brings a deleted task back with what its delete took along. */
export interface RestoreTask { readonly op: 'restore'; readonly task: TaskId }

/** What is defined. */
export type DefinitionKind = 'project' | 'label' | 'view'

/** Writes properties of a project, label or view: one register each; null clears one. */
export interface Define { readonly op: 'define'; readonly kind: DefinitionKind; readonly id: DefinitionId; readonly values: JsonObject }

/** Decides a conflict by the seq of one of its versions, or by another value. */
export interface Resolve { readonly op: 'resolve'; readonly conflict: ConflictId; readonly choice?: number; readonly value?: JsonValue }

/** Uses up a number whose change cannot be sent. */
export interface Void { readonly op: 'void' }

/** An op on one task. */
export type TaskBody =
  | Create | SetRegister | EditText | AddToSet | RemoveFromSet | AddComment | EditComment | DeleteComment | Attach | Detach | DeleteTask | RestoreTask

/** The ops of the protocol: a closed family. */
export type ChangeBody = TaskBody | Define | Resolve | Void

/** What is in every change beside its op. */
export interface ChangeHeader {
  readonly n: number
  readonly at: StampText
  readonly clock: CausalClock
}

/** What an author made, as it is sent. */
export type Change = ChangeHeader & ChangeBody

/** The task that a body names, if it names one. */
export function taskOf(body: { readonly task?: TaskId }): TaskId | undefined {
  return body.task
}
