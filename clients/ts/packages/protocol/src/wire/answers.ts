import type { CanonicalChange } from '../changes/canonical-change.js'
import type { ConflictNote } from '../changes/conflict-note.js'
import type { StampText } from '../changes/stamp.js'
import type { OrganizationId, ReplicaId, UserId } from '../ids.js'
import type { JsonObject } from '../json/json-value.js'
import type { TaskLine } from '../tasks/lines.js'
import type { TextEdit } from '../text/text-edit.js'
import type { Role } from './role.js'

/** The answer to one change; sent again, the change is answered with the same [PU3]. */
export interface ChangeResult {
  readonly n: number
  readonly status: 'accepted' | 'merged' | 'rejected'
  readonly seq?: number
  readonly at?: StampText
  readonly code?: string
  readonly detail?: string
}

/** A page of the log [PL2]. */
export interface PullAnswer {
  readonly from: number
  readonly to: number
  readonly head: number
  readonly more: boolean
  readonly changes: readonly CanonicalChange[]
  readonly taken: number
  readonly digest?: string
  readonly history: string
  readonly serverTime: string
  readonly states?: readonly TaskLine[]
  readonly next?: string
}

/** The answer to a push: it is durable [PU1]. */
export interface PushAnswer {
  readonly results: readonly ChangeResult[]
  readonly head: number
  readonly history: string
  readonly serverTime: string
  readonly pull?: PullAnswer
}

/** One canonical edit of a text. */
export interface TextHistoryEdit {
  readonly seq: number
  readonly replica: ReplicaId | null
  readonly n: number | null
  readonly edit: TextEdit
}

/** The canonical edits of a text, in order of seq. */
export interface TextHistory {
  readonly edits: readonly TextHistoryEdit[]
  readonly to: number
}

/** A page of conflicts. */
export interface ConflictPage {
  readonly conflicts: readonly ConflictNote[]
  readonly next?: string
}

/** A page of a task's history, each entry as the server tells it. */
export interface HistoryPage {
  readonly entries: readonly JsonObject[]
  readonly next?: string
}

/** A person's account. */
export interface UserInfo {
  readonly id: UserId
  readonly name: string
  readonly email: string
}

/** A signed-in session; without a refresh token where the browser's cookie holds it [HT2]. */
export interface Session {
  readonly user: UserInfo
  readonly accessToken: string
  readonly refreshToken?: string
  readonly expiresAt: string
}

/** An organization as a member sees it. */
export interface OrganizationInfo {
  readonly id: OrganizationId
  readonly name: string
  readonly role: Role
}

/** Who is asking, and where that one is a member. */
export interface Me {
  readonly user: UserInfo
  readonly organizations: readonly OrganizationInfo[]
}

/** A member with the address. */
export interface MemberInfo {
  readonly user: UserId
  readonly name: string
  readonly email: string
  readonly role: Role
}

/** Opens one live connection within 30 s. */
export interface LiveTicket {
  readonly ticket: string
  readonly expiresAt: string
}

/** A problem: RFC 9457 with a stable code [ER1]. */
export interface Problem {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail?: string
  readonly expected?: number
  readonly n?: number
  readonly position?: number
  readonly errors?: Readonly<Record<string, string>>
}
