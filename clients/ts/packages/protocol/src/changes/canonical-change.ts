import type { ReplicaId, TaskId, UserId } from '../ids.js'
import type { JsonValue } from '../json/json-value.js'
import type { TextEdit } from '../text/text-edit.js'
import type { Role } from '../wire/role.js'
import type { ChangeBody, Resolve } from './change.js'
import type { CausalClock } from './clock.js'
import type { ConflictNote } from './conflict-note.js'
import type { StampText } from './stamp.js'

/** Where a canonical change did something else than its plain reading says [PL5]. Applying it needs no merging. */
export interface Effect {
  /** False: the change itself alters nothing but its task's seq and updatedAt. */
  readonly applied?: false
  /** The register that the change, or its conflict, is about takes this instead; null clears. */
  readonly value?: JsonValue
  /** The task's parent is cleared, whatever the change wrote. */
  readonly parent?: null
  /** These tasks, too, became tombstones. */
  readonly deleted?: readonly TaskId[]
  /** These lost their parent. */
  readonly top?: readonly TaskId[]
  /** These came back. */
  readonly restored?: readonly TaskId[]
  /** The text of the conflict's field is replaced by this edit. */
  readonly edit?: TextEdit
}

/** A membership change; only in the log, never in a push [OP15]. */
export interface MemberChange { readonly op: 'member'; readonly member: UserId; readonly name: string; readonly role: Role | null }

/** A resolve in the log: the whole conflict stands in the place of its id. */
export type CanonicalResolve = Omit<Resolve, 'conflict'> & { readonly conflict: ConflictNote }

/** The ops of the log. */
export type CanonicalBody = Exclude<ChangeBody, Resolve> | CanonicalResolve | MemberChange

/** What is in every canonical change beside its op. */
export interface CanonicalHeader {
  readonly seq: number
  readonly replica: ReplicaId | null
  readonly n: number | null
  readonly user: UserId
  readonly time: string
  readonly at: StampText
  readonly atSent?: StampText
  readonly clock?: CausalClock
  readonly effect?: Effect
  /** The conflict that it made, joined, closed or flipped; the first of them where there are more [CF6]. */
  readonly conflict?: ConflictNote
  /** The conflicts beside the first. */
  readonly conflicts?: readonly ConflictNote[]
}

/** A change as the log holds it: ordered, adjusted, its edit as applied, with effect and conflict [PL3]. */
export type CanonicalChange = CanonicalHeader & CanonicalBody

/** All conflicts of a change, the first one first. */
export function conflictsOf({ conflict, conflicts = [] }: CanonicalHeader): readonly ConflictNote[] {
  return conflict === undefined ? [] : [conflict, ...conflicts]
}
