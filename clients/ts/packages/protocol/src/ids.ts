/** A UUID in lower-case text with hyphens, 36 characters [ID5]. */
export type Id = string

/** The user of an account. */
export type UserId = Id

/** The scope of one log. */
export type OrganizationId = Id

/** One store of one client [ID2]. */
export type ReplicaId = Id

/** A task. */
export type TaskId = Id

/** A comment. */
export type CommentId = Id

/** An attachment. */
export type AttachmentId = Id

/** A project, label or view. */
export type DefinitionId = Id

/** A conflict [CF5]. */
export type ConflictId = Id

/** Where a change came from, unique for ever [ID4]. */
export interface Origin {
  readonly replica: ReplicaId
  readonly n: number
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** True for the one text form of an id. */
export function isId(value: unknown): value is Id {
  return typeof value === 'string' && ID.test(value)
}
