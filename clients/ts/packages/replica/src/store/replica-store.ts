import type { CanonicalChange, ConflictId, ConflictNote, DefinitionId, DefinitionLine, MemberLine, Origin, ReplicaId, TaskId, TaskLine, UserId } from '@taskgrid/protocol'
import type { OutboxChange, RejectedChange } from './outbox-change.js'
import type { ReplicaMark } from './replica-mark.js'

/**
 * One replica's durable local state: the confirmed tasks, the outbox, and where it stands.
 *
 * The contract: `write` is one atomic transaction, durable when its promise resolves; if the callback throws, nothing of it stays. `read`
 * sees one consistent state, at once. Several tabs may use the same store: they wait for each other's writes, never for a network, because
 * no callback may do anything but compute; a callback may run more than once, so it must have no other effect. Callbacks never nest.
 */
export interface ReplicaStore {
  /** Reads one consistent state. */
  read<T>(read: (reading: ReplicaReading) => T): T
  /** Writes in one transaction. */
  write<T>(write: (writing: ReplicaWriting) => T): Promise<T>
  /** A number that moves whenever what can be read has changed, by whichever tab. */
  version(): number
  /** Calls back after each such move; the answer ends it. */
  subscribe(listener: () => void): () => void
  /** Waits until this is the one tab that syncs. */
  lead(signal: AbortSignal): Promise<Lead>
  /** Whether writes reach the disk. In memory alone they are still shown and sent, and are lost with the tab. */
  durability(): Durability
  /** What the log did to a task, as far as this store keeps it, oldest first. It may be long, so it is not in memory. */
  journal(task: TaskId): Promise<readonly JournalEntry[]>
  /** Ends it; a write that is under way ends first. */
  close(): Promise<void>
}

/** How well writes are kept. */
export type Durability = 'disk' | 'memory'

/** The right to sync, until released. */
export interface Lead {
  release(): void
}

/** A change of the log as one of the tasks that it touched remembers it. */
export interface JournalEntry {
  readonly task: TaskId
  /** The seq of the change that touched the task before; 0 for the one that made it. So a gap shows. */
  readonly prior: number
  readonly change: CanonicalChange
}

/** A member, with the address where it is known. */
export interface KnownMember {
  readonly line: MemberLine
  readonly email?: string
}

/** A task of a snapshot, with its term of the digest. */
export interface LoadedTask {
  readonly line: TaskLine
  readonly term: bigint
}

/** What can be read of a store. */
export interface ReplicaReading {
  /** Where the replica stands. */
  readonly mark: ReplicaMark
  /** A confirmed task, tombstones included. */
  task(id: TaskId): TaskLine | undefined
  /** All confirmed tasks, tombstones included, in no particular order. */
  tasks(): Iterable<TaskLine>
  /** How many confirmed tasks there are, tombstones included. */
  taskCount(): number
  /** A confirmed project, label or view. */
  definition(id: DefinitionId): DefinitionLine | undefined
  /** All of these. */
  definitions(): readonly DefinitionLine[]
  /** Members, by user id. */
  members(): readonly KnownMember[]
  /** Conflicts, newest first. */
  conflicts(openOnly: boolean): readonly ConflictNote[]
  /** A conflict. */
  conflict(id: ConflictId): ConflictNote | undefined
  /** The changes of the overlay, in the order in which they were made: all that base does not hold yet. */
  pending(): readonly OutboxChange[]
  /** The same, of one task. */
  pendingOf(task: TaskId): readonly OutboxChange[]
  /** How many changes the server has not answered. */
  unanswered(): number
  /** The replica's unanswered changes from the lowest number, at most so many and (after the first) so many bytes. */
  toSend(replica: ReplicaId, count: number, bytes: number): readonly OutboxChange[]
  /** A change of this store by its origin, done ones included while they are kept. */
  find(origin: Origin): OutboxChange | undefined
  /** The replica's changes from a number up, done ones included while they are kept. */
  from(replica: ReplicaId, n: number): readonly OutboxChange[]
  /** The replicas, former ones included, under whose numbers changes are kept. */
  replicas(): readonly ReplicaId[]
  /** Refused changes, oldest first. */
  rejected(): readonly RejectedChange[]
}

/** What can be written, in the one transaction. */
export interface ReplicaWriting extends ReplicaReading {
  /** Moves the mark. */
  putMark(mark: ReplicaMark): void
  /** Writes a confirmed task; the digest follows. */
  putTask(line: TaskLine): void
  /** Writes a definition. */
  putDefinition(line: DefinitionLine): void
  /** Writes a member; the address stays as known. */
  putMember(line: MemberLine): void
  /** Learns a member's address. */
  putEmail(user: UserId, email: string): void
  /** A user is no longer a member. */
  removeMember(user: UserId): void
  /** Writes a conflict; the latest state of an id replaces the one before. */
  putConflict(note: ConflictNote): void
  /** Keeps what a change of the log did to a task, to be told later. What is kept already stays as it is. */
  keep(entry: JournalEntry): void
  /** Appends to the outbox at a fresh place, and answers the change there. */
  append(change: Omit<OutboxChange, 'place'>): OutboxChange
  /** Writes a change of the outbox anew, by its place. */
  replace(change: OutboxChange): void
  /** Takes a change out of the outbox and onto the list of refused ones. */
  reject(change: OutboxChange, code: string, detail: string | undefined, time: number): void
  /** Takes one off the list of refused changes. */
  forget(change: RejectedChange): void
  /** Forgets done changes that were sent before a time, that of the server. */
  prune(before: number): void
  /** Drops the confirmed state, its conflicts and the journal. The outbox and the refused changes stay. */
  clearConfirmed(): void
  /** Takes a whole state over. */
  load(tasks: readonly LoadedTask[]): void
}
