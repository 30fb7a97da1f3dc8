import type { DefinitionKind } from '../changes/change.js'
import type { AttachmentId, CommentId, DefinitionId, TaskId, UserId } from '../ids.js'
import type { JsonObject } from '../json/json-value.js'
import type { Role } from '../wire/role.js'

/** A comment as its task's line shows it [TL5]. */
export interface CommentLine {
  readonly id: CommentId
  readonly user: UserId
  readonly body: string
  readonly parent?: CommentId
  readonly seq: number
  readonly edited?: true
  readonly deleted?: true
}

/** An attachment as its task's line shows it [TL6]. */
export interface AttachmentLine {
  readonly id: AttachmentId
  readonly user: UserId
  readonly size: number
  readonly sha256: string
  readonly epoch: number
  readonly sealed: string
  readonly seq: number
  readonly deleted?: true
}

/** The public state of a task at some seq: one line of a snapshot, and what the digest covers [TL1]. */
export interface TaskLine {
  readonly kind: 'task'
  readonly id: TaskId
  readonly seq: number
  readonly title: string
  readonly description: string
  readonly status?: string
  readonly priority?: string
  readonly assignee?: UserId
  readonly dueDate?: string
  readonly project?: DefinitionId
  readonly parent?: TaskId
  readonly order?: string
  readonly labels: readonly string[]
  readonly watchers: readonly string[]
  readonly custom: JsonObject
  readonly comments: readonly CommentLine[]
  readonly attachments: readonly AttachmentLine[]
  readonly createdBy: UserId
  readonly createdAt: string
  readonly updatedAt: string
  readonly deleted: boolean
}

/** A project, label or view as a snapshot's line shows it [SN2]. */
export interface DefinitionLine {
  readonly kind: DefinitionKind
  readonly id: DefinitionId
  readonly seq: number
  readonly values: JsonObject
}

/** A member as a snapshot's line shows it [SN3]. */
export interface MemberLine {
  readonly kind: 'member'
  readonly member: UserId
  readonly name: string
  readonly role: Role
}

/** The first line of a snapshot [SN1]. */
export interface SnapshotHead {
  readonly seq: number
  readonly count: number
  readonly taken: number
  readonly digest: string
  readonly history: string
}
