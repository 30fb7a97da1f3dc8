import type { Change, ChangeBody, Origin, TaskId, TextEdit, TextField } from '@taskgrid/protocol'

/** How far a change of the outbox has come, in order. */
export const OUTBOX = {
  /** Never in a request: it may still be composed or expressed anew. */
  unsent: 0,
  /** It was in a request: it never alters a byte from now on. */
  sent: 1,
  /** The server took it in; it stays in the overlay until base reaches its seq. */
  answered: 2,
  /** It is in the confirmed state; kept 30 days in case the server comes back from an older backup. */
  done: 3,
} as const

/** One of {@link OUTBOX}. */
export type OutboxState = (typeof OUTBOX)[keyof typeof OUTBOX]

/** A change that this store made. */
export interface OutboxChange {
  /** The order in which the changes of this store were made. */
  readonly place: number
  readonly origin: Origin
  readonly change: Change
  /** The change as it stands in the outbox and in every request, to the byte. */
  readonly raw: string
  readonly state: OutboxState
  /** The task that it is about; a resolve names it through its conflict. */
  readonly task?: TaskId
  /** Its place in the log, once answered. */
  readonly seq?: number
  /**
   * When it went into a request, or was answered, in the server's time as milliseconds since 1970. What was sent is kept 30 days from then,
   * however long ago it was made.
   */
  readonly sentAt?: number
  /** Of a text edit: how it reads on the confirmed text now. What is sent never moves; only this copy does. */
  readonly shown?: TextEdit
}

/** A change that the server refused. It stays until its user retries, exports or discards it. */
export interface RejectedChange {
  readonly id: number
  readonly origin: Origin
  readonly change: Change
  readonly code: string
  readonly detail?: string
  /** When the answer came, in milliseconds since 1970. */
  readonly time: number
}

/** A change of the outbox that edits a text. */
export type OutboxText = OutboxChange & { readonly change: Extract<Change, { readonly op: 'text' }>; readonly shown: TextEdit }

/** True for one that edits this text, or any. */
export function isText(row: OutboxChange, task?: TaskId, field?: TextField): row is OutboxText {
  const { change, shown } = row
  return change.op === 'text' && shown !== undefined && (task === undefined || change.task === task) && (field === undefined || change.field === field)
}

/** The same place in the outbox with another change, which was never sent. */
export function anew(row: OutboxChange, origin: Origin, change: Change, shown: TextEdit | undefined): OutboxChange {
  const { place, task, sentAt } = row
  return {
    place, origin, change, raw: JSON.stringify(change), state: OUTBOX.unsent,
    ...(task === undefined ? {} : { task }), ...(sentAt === undefined ? {} : { sentAt }), ...(shown === undefined ? {} : { shown }),
  }
}

/** The change as the overlay applies it. */
export function shownChange({ change, shown }: OutboxChange): Change {
  return change.op === 'text' && shown !== undefined ? { ...change, edit: shown } : change
}

/** A change without what only its first author's store knows: its body. */
export function bodyOf(change: Change): ChangeBody {
  const { n: _n, at: _at, clock: _clock, ...body } = change
  return body
}
