import type { TaskId } from '@taskgrid/protocol'
import type { Durability, JournalEntry, Lead, ReplicaMark, ReplicaReading, ReplicaStore, ReplicaWriting } from '@taskgrid/replica'
import { soleLeadership, WorkingTables } from '@taskgrid/replica'

/** A replica in memory: for tests, scripts, and browsers that have no storage. What is in it ends with the process. */
export class MemoryReplicaStore implements ReplicaStore {
  private readonly tables: WorkingTables
  private readonly leadership = soleLeadership()
  private readonly listeners = new Set<() => void>()
  private readonly kept = new Map<TaskId, Map<number, JournalEntry>>()
  private moved = 0

  constructor(mark: ReplicaMark) {
    this.tables = new WorkingTables(mark)
  }

  read<T>(read: (reading: ReplicaReading) => T): T {
    return read(this.tables)
  }

  write<T>(write: (writing: ReplicaWriting) => T): Promise<T> {
    return new Promise((resolve) => {
      const { result, delta } = this.tables.transact(write)
      if (delta.tasks.cleared) this.kept.clear()
      for (const entry of delta.journal) this.keep(entry)
      this.moved++
      for (const listener of [...this.listeners]) listener()
      resolve(result)
    })
  }

  version(): number {
    return this.moved
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  lead(signal: AbortSignal): Promise<Lead> {
    return this.leadership.lead(signal)
  }

  durability(): Durability {
    return 'memory'
  }

  journal(task: TaskId): Promise<readonly JournalEntry[]> {
    return Promise.resolve([...(this.kept.get(task)?.values() ?? [])].sort((left, right) => left.change.seq - right.change.seq))
  }

  close(): Promise<void> {
    this.listeners.clear()
    return Promise.resolve()
  }

  private keep(entry: JournalEntry): void {
    const { task, change } = entry
    const entries = this.kept.get(task) ?? new Map<number, JournalEntry>()
    if (!entries.has(change.seq)) this.kept.set(task, entries.set(change.seq, entry))
  }
}
