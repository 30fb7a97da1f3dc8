import type { CanonicalChange } from '../changes/canonical-change.js'
import type { ReplicaId, TaskId, UserId } from '../ids.js'
import type { JsonValue } from '../json/json-value.js'

/** Where somebody is at work; nowhere if all are left out. */
export interface Place {
  readonly task?: TaskId
  readonly field?: string
  readonly cursor?: JsonValue
}

/** Who is at work where; passed on, never stored [LV6]. */
export interface Presence extends Place {
  readonly user: UserId
  readonly replica: ReplicaId
}

/** What comes over a live connection [WS2]. */
export type LiveFrame =
  | { readonly type: 'welcome'; readonly head: number; readonly history: string }
  | { readonly type: 'changes'; readonly from: number; readonly to: number; readonly changes: readonly CanonicalChange[] }
  | ({ readonly type: 'presence' } & Presence)
  | { readonly type: 'problem'; readonly code: string }
  | { readonly type: 'other' }
  | { readonly type: 'closed'; readonly code: number }
