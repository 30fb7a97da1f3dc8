import type {
  ConflictPage, DefinitionLine, HistoryPage, LiveFrame, Me, MemberLine, OrganizationId, Place, PullAnswer, PushAnswer, ReplicaId, SnapshotHead,
  TaskId, TextField, TextHistory,
} from '@taskgrid/protocol'
import type { LoadedTask } from '../store/replica-store.js'
import type { Reply } from './reply.js'

/**
 * The sync requests of the protocol, for one signed-in user.
 *
 * The contract: nothing is thrown but the signal's reason once it aborted; every outcome is a {@link Reply}. A request may have arrived
 * although its reply is `unreachable`. Signing in anew, where the access token ran out, is the transport's own business.
 */
export interface Transport {
  /** Sends changes, and learns what came since. */
  push(request: PushRequest, signal: AbortSignal): Promise<Reply<PushAnswer>>
  /** Asks for what came since. */
  pull(request: PullRequest, signal: AbortSignal): Promise<Reply<PullAnswer>>
  /** Takes the whole state; tells how many tasks of how many have come. */
  snapshot(organization: OrganizationId, replica: ReplicaId, progress: (done: number, total: number) => void, signal: AbortSignal): Promise<Reply<Snapshot>>
  /** Asks for the canonical edits of a text after a seq. */
  text(organization: OrganizationId, task: TaskId, field: TextField, since: number, signal: AbortSignal): Promise<Reply<TextHistory>>
  /** Asks for a page of conflicts. */
  conflicts(organization: OrganizationId, openOnly: boolean, after: string | undefined, signal: AbortSignal): Promise<Reply<ConflictPage>>
  /** Asks for a page of a task's history. */
  history(organization: OrganizationId, task: TaskId, after: string | undefined, signal: AbortSignal): Promise<Reply<HistoryPage>>
  /** Asks who one is and where one is a member. */
  me(signal: AbortSignal): Promise<Reply<Me>>
  /** Opens a live connection; its frames come in the order of the log. */
  openLive(hello: LiveHello, signal: AbortSignal): Promise<Reply<LiveConnection>>
}

/** A push: consecutive changes, each as its bytes in the outbox, and from where what came since is wanted with the answer. */
export interface PushRequest {
  readonly organization: OrganizationId
  readonly replica: ReplicaId
  readonly history: string | null
  readonly since: number
  readonly changes: readonly string[]
}

/** A pull; the server may hold its answer back for so many seconds. `after` is where the next page of states begins. */
export interface PullRequest {
  readonly organization: OrganizationId
  readonly replica: ReplicaId
  readonly history: string | null
  readonly since: number
  readonly waitSeconds?: number
  readonly after?: string
}

/** A whole state. */
export interface Snapshot {
  readonly head: SnapshotHead
  readonly definitions: readonly DefinitionLine[]
  readonly members: readonly MemberLine[]
  readonly tasks: readonly LoadedTask[]
}

/** What opens a live connection. */
export interface LiveHello {
  readonly organization: OrganizationId
  readonly replica: ReplicaId
  readonly since: number
  readonly history: string | null
}

/** A live connection. A convenience: whatever it loses, a pull finds [LV5]. */
export interface LiveConnection {
  /** The next frame; a `closed` one is the last. */
  next(signal: AbortSignal): Promise<LiveFrame>
  /** Tells the others where one is at work [LV6]. */
  present(place: Place): void
  close(): void
}
