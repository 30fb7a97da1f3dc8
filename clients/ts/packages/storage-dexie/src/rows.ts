import type { AttachmentLine, CanonicalChange, CommentLine, ConflictNote, DefinitionLine, MemberLine, TaskLine, TextEdit } from '@taskgrid/protocol'
import type { OutboxChange, OutboxState, RejectedChange, ReplicaMark } from '@taskgrid/replica'
import { readChange, UnknownForm } from '@taskgrid/protocol'

/** A task, or a tombstone, without what has a store of its own. */
export interface TaskRow extends Omit<TaskLine, 'comments' | 'attachments'> {
  readonly term: bigint
}

/** A comment of a task. */
export interface CommentRow extends CommentLine {
  readonly task: string
}

/** An attachment of a task. */
export interface AttachmentRow extends AttachmentLine {
  readonly task: string
}

/** A conflict; whether it is open as a number, since a boolean is no key. */
export interface ConflictRow {
  readonly id: string
  readonly task: string
  readonly open: 0 | 1
  readonly note: ConflictNote
}

/** A change of the outbox: the text that is sent is what is kept of it. */
export interface OutboxRow {
  readonly place: number
  readonly replica: string
  readonly n: number
  readonly state: OutboxState
  readonly task?: string
  readonly raw: string
  readonly seq?: number
  readonly sentAt?: number
  readonly shown?: TextEdit
}

/** What a change of the log did to a task; the key says which came first. */
export interface JournalRow {
  readonly key?: number
  readonly task: string
  readonly seq: number
  readonly prior: number
  readonly change: CanonicalChange
}

/** An address. */
export interface EmailRow {
  readonly user: string
  readonly email: string
}

/** Where the replica stands, or how often the store was written. */
export type MetaRow = { readonly name: 'mark'; readonly mark: ReplicaMark } | { readonly name: 'version'; readonly version: number }

/** Which rows a transaction wrote, by store; no stores where it wrote too much to tell. */
export interface WriteRow {
  readonly version: number
  readonly keys?: Readonly<Record<string, readonly (string | number)[]>>
}

/** The rows of a definition, a member, a refused change are the lines themselves. */
export type { DefinitionLine, MemberLine, RejectedChange }

/** The row of a task; its comments and attachments have rows of their own. */
export function taskRow(line: TaskLine, term: bigint): TaskRow {
  const { comments: _comments, attachments: _attachments, ...row } = line
  return { ...row, term }
}

/** The line of a task. */
export function taskLine(row: TaskRow, comments: readonly CommentRow[], attachments: readonly AttachmentRow[]): TaskLine {
  const { term: _term, ...line } = row
  return { ...line, comments: inOrder(comments), attachments: inOrder(attachments) }
}

/** The row of a change of the outbox. */
export function outboxRow({ place, origin, change: _change, ...rest }: OutboxChange): OutboxRow {
  return { ...rest, place, replica: origin.replica, n: origin.n }
}

/** The change of an outbox row. */
export function outboxChange({ replica, n, ...rest }: OutboxRow): OutboxChange {
  const reading = readChange(JSON.parse(rest.raw))
  if ('fault' in reading) throw new UnknownForm(`the outbox holds a change that this version does not know: ${reading.fault}`)
  return { ...rest, origin: { replica, n }, change: reading.change }
}

function inOrder<T extends CommentLine | AttachmentLine>(rows: readonly (T & { readonly task: string })[]): readonly Omit<T, 'task'>[] {
  return [...rows].sort((left, right) => left.seq - right.seq).map(({ task: _task, ...line }) => line)
}
