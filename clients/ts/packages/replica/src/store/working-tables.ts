import { digestTerm, followDigest } from '@taskgrid/kernel'
import type {
  ConflictId, ConflictNote, DefinitionId, DefinitionLine, MemberLine, Origin, ReplicaId, TaskId, TaskLine, UserId,
} from '@taskgrid/protocol'
import { compareUtf8, stampOf, utf8Length } from '@taskgrid/protocol'
import type { OutboxChange, RejectedChange } from './outbox-change.js'
import { OUTBOX } from './outbox-change.js'
import { OutboxTable } from './outbox-table.js'
import type { ReplicaMark } from './replica-mark.js'
import type { JournalEntry, KnownMember, LoadedTask, ReplicaWriting } from './replica-store.js'
import type { TableDelta } from './table.js'
import { Table } from './table.js'

/** What a transaction did, table by table; the mark where it moved. */
export interface Delta {
  readonly mark?: ReplicaMark
  readonly tasks: TableDelta<TaskId, LoadedTask>
  readonly definitions: TableDelta<DefinitionId, DefinitionLine>
  readonly members: TableDelta<UserId, MemberLine>
  readonly emails: TableDelta<UserId, string>
  readonly conflicts: TableDelta<ConflictId, ConflictNote>
  readonly outbox: TableDelta<number, OutboxChange>
  readonly rejected: TableDelta<number, RejectedChange>
  /** Entries for the journal, which is not in memory; all that was kept is gone where the tasks were cleared. */
  readonly journal: readonly JournalEntry[]
}

/** A transaction that was run in memory. */
export interface Transacted<T> {
  readonly result: T
  readonly delta: Delta
  /** Takes it back, where it could not be written down; only before the next one begins. */
  readonly undo: () => void
}

/**
 * A replica's rows in memory: what every store reads from. Reads are as fast as a screen wants them; a store that keeps them on disk writes
 * down what each transaction did before it counts.
 */
export class WorkingTables implements ReplicaWriting {
  private current: ReplicaMark
  private readonly confirmed = new Table<TaskId, LoadedTask>()
  private readonly defined = new Table<DefinitionId, DefinitionLine>()
  private readonly people = new Table<UserId, MemberLine>()
  private readonly emails = new Table<UserId, string>()
  private readonly notes = new Table<ConflictId, ConflictNote>()
  private readonly outbox = new OutboxTable()
  private readonly refused = new Table<number, RejectedChange>()
  private kept: JournalEntry[] = []
  private readonly all = [this.confirmed, this.defined, this.people, this.emails, this.notes, this.outbox, this.refused]

  constructor(mark: ReplicaMark) {
    this.current = mark
  }

  get mark(): ReplicaMark {
    return this.current
  }

  /** Runs a transaction in memory: its result, what it did, and the way back. If the callback throws, nothing of it stays. */
  transact<T>(write: (writing: ReplicaWriting) => T): Transacted<T> {
    const before = this.current
    this.kept = []
    for (const table of this.all) table.begin()
    try {
      const result = write(this)
      const undo = this.wayBack(before)
      return { result, delta: this.end(before), undo }
    } catch (error) {
      this.wayBack(before)()
      throw error
    }
  }

  /** All that there is, as if one transaction had written it. */
  whole(): Delta {
    return {
      mark: this.current,
      tasks: this.confirmed.whole(),
      definitions: this.defined.whole(),
      members: this.people.whole(),
      emails: this.emails.whole(),
      conflicts: this.notes.whole(),
      outbox: this.outbox.whole(),
      rejected: this.refused.whole(),
      journal: [],
    }
  }

  /** Takes over what another tab's transaction did, or what a disk holds. */
  apply(delta: Partial<Delta>): void {
    if (delta.mark !== undefined) this.current = delta.mark
    if (delta.tasks !== undefined) this.confirmed.apply(delta.tasks)
    if (delta.definitions !== undefined) this.defined.apply(delta.definitions)
    if (delta.members !== undefined) this.people.apply(delta.members)
    if (delta.emails !== undefined) this.emails.apply(delta.emails)
    if (delta.conflicts !== undefined) this.notes.apply(delta.conflicts)
    if (delta.outbox !== undefined) this.outbox.apply(delta.outbox)
    if (delta.rejected === undefined) return
    this.refused.apply(delta.rejected)
    for (const { key } of delta.rejected.rows) this.outbox.reserve(key)
  }

  task(id: TaskId): TaskLine | undefined {
    return this.confirmed.get(id)?.line
  }

  *tasks(): Iterable<TaskLine> {
    for (const { line } of this.confirmed.values()) yield line
  }

  taskCount(): number {
    return this.confirmed.size
  }

  definition(id: DefinitionId): DefinitionLine | undefined {
    return this.defined.get(id)
  }

  definitions(): readonly DefinitionLine[] {
    return [...this.defined.values()].sort((left, right) => compareUtf8(left.kind + left.id, right.kind + right.id))
  }

  members(): readonly KnownMember[] {
    return [...this.people.values()]
      .sort((left, right) => compareUtf8(left.member, right.member))
      .map((line) => {
        const email = this.emails.get(line.member)
        return email === undefined ? { line } : { line, email }
      })
  }

  conflicts(openOnly: boolean): readonly ConflictNote[] {
    return [...this.notes.values()].filter((note) => note.open || !openOnly).sort((left, right) => lastSeq(right) - lastSeq(left))
  }

  conflict(id: ConflictId): ConflictNote | undefined {
    return this.notes.get(id)
  }

  pending(): readonly OutboxChange[] {
    return this.outbox.pending()
  }

  pendingOf(task: TaskId): readonly OutboxChange[] {
    return this.outbox.pendingOf(task)
  }

  unanswered(): number {
    return this.outbox.pending().filter((row) => row.state < OUTBOX.answered).length
  }

  toSend(replica: ReplicaId, count: number, bytes: number): readonly OutboxChange[] {
    const waiting = this.outbox.pending().filter((row) => row.state < OUTBOX.answered && row.origin.replica === replica).sort(byNumber).slice(0, count)
    let size = 0
    const tooMuch = waiting.findIndex((row, i) => (size += utf8Length(row.raw) + 1) > bytes && i > 0)
    return tooMuch < 0 ? waiting : waiting.slice(0, tooMuch)
  }

  find(origin: Origin): OutboxChange | undefined {
    return this.outbox.find(origin)
  }

  from(replica: ReplicaId, n: number): readonly OutboxChange[] {
    return [...this.outbox.values()].filter(({ origin }) => origin.replica === replica && origin.n >= n).sort(byNumber)
  }

  replicas(): readonly ReplicaId[] {
    return [...new Set([...this.outbox.values()].map(({ origin }) => origin.replica))]
  }

  rejected(): readonly RejectedChange[] {
    return [...this.refused.values()].sort((left, right) => left.id - right.id)
  }

  putMark(mark: ReplicaMark): void {
    this.current = mark
  }

  putTask(line: TaskLine): void {
    const term = digestTerm(line)
    const before = this.confirmed.get(line.id)?.term ?? 0n
    this.confirmed.set(line.id, { line, term })
    this.current = { ...this.current, digest: followDigest(this.current.digest, before, term) }
  }

  putDefinition(line: DefinitionLine): void {
    this.defined.set(line.id, line)
  }

  putMember(line: MemberLine): void {
    this.people.set(line.member, line)
  }

  putEmail(user: UserId, email: string): void {
    this.emails.set(user, email)
  }

  removeMember(user: UserId): void {
    this.people.set(user, undefined)
  }

  putConflict(note: ConflictNote): void {
    this.notes.set(note.id, note)
  }

  keep(entry: JournalEntry): void {
    this.kept.push(entry)
  }

  append(change: Omit<OutboxChange, 'place'>): OutboxChange {
    const row = { ...change, place: this.outbox.next() }
    this.outbox.set(row.place, row)
    return row
  }

  replace(change: OutboxChange): void {
    this.outbox.set(change.place, change)
  }

  reject(change: OutboxChange, code: string, detail: string | undefined, time: number): void {
    this.outbox.set(change.place, undefined)
    // A place is given once, so it serves as the id of what stood there.
    const { place: id, origin, change: made } = change
    this.refused.set(id, { id, origin, change: made, code, ...(detail === undefined ? {} : { detail }), time })
  }

  forget(change: RejectedChange): void {
    this.refused.set(change.id, undefined)
  }

  prune(before: number): void {
    for (const row of [...this.outbox.values()])
      if (row.state === OUTBOX.done && (row.sentAt ?? stampOf(row.change.at).wall) < before) this.outbox.set(row.place, undefined)
  }

  clearConfirmed(): void {
    for (const table of [this.confirmed, this.defined, this.people, this.notes]) table.clear()
    this.kept = []
    this.current = { ...this.current, digest: 0n }
  }

  load(tasks: readonly LoadedTask[]): void {
    let { digest } = this.current
    for (const task of tasks) {
      digest = followDigest(digest, this.confirmed.get(task.line.id)?.term ?? 0n, task.term)
      this.confirmed.set(task.line.id, task)
    }
    this.current = { ...this.current, digest }
  }

  private end(before: ReplicaMark): Delta {
    return {
      ...(this.current === before ? {} : { mark: this.current }),
      tasks: this.confirmed.end(),
      definitions: this.defined.end(),
      members: this.people.end(),
      emails: this.emails.end(),
      conflicts: this.notes.end(),
      outbox: this.outbox.end(),
      rejected: this.refused.end(),
      journal: this.kept,
    }
  }

  private wayBack(before: ReplicaMark): () => void {
    const ways = this.all.map((table) => table.wayBack())
    return () => {
      this.current = before
      for (const undo of ways) undo()
    }
  }
}

function byNumber(left: OutboxChange, right: OutboxChange): number {
  return left.origin.n - right.origin.n
}

function lastSeq(note: ConflictNote): number {
  return note.versions.at(-1)?.seq ?? 0
}
