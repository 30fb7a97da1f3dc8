import type { ConflictId, ReplicaId, TaskId, UserId } from '../ids.js'
import type { JsonValue } from '../json/json-value.js'
import type { StampText } from './stamp.js'

/** The kinds of conflicts: a closed list. */
export const CONFLICT_KINDS = ['register', 'reassigned', 'text-overlap', 'deleted-edited', 'orphaned', 'cycle'] as const

/** A kind of conflict. */
export type ConflictKind = (typeof CONFLICT_KINDS)[number]

/** One version of a conflict: what one side wrote, the loser's too [CF7]. */
export interface ConflictVersion {
  readonly seq: number
  readonly op: string
  readonly value: JsonValue
  readonly user: UserId
  readonly replica: ReplicaId
  readonly at: StampText
  readonly atSent?: StampText
}

/** Who decided a conflict last, and how [CF8]. */
export interface ConflictResolution {
  readonly seq: number
  readonly user: UserId
  readonly choice?: number
  readonly value?: JsonValue
  readonly time: string
}

/** A conflict with all its versions, the rule that decided, and whether a person should look [CF6]. */
export interface ConflictNote {
  readonly id: ConflictId
  readonly kind: ConflictKind
  readonly task: TaskId
  readonly field?: string
  readonly open: boolean
  readonly versions: readonly ConflictVersion[]
  readonly rule: string
  readonly merged?: JsonValue
  readonly resolvedBy?: ConflictResolution
}
