import type { TaskId } from '@taskgrid/protocol'
import type { Durability, JournalEntry, Lead, ReplicaReading, ReplicaStore, ReplicaWriting } from '@taskgrid/replica'

/** The process died. */
export class Crash extends Error {
  override readonly name = 'Crash'
}

/** A store whose process dies at one of its writes: just before the commit, or just after it. */
export class CrashingStore implements ReplicaStore {
  /** Whether it died. */
  crashed = false
  private readonly inner: ReplicaStore
  private crashAt = 0
  private afterCommit = false
  private writes = 0

  constructor(inner: ReplicaStore) {
    this.inner = inner
  }

  /** At which write from now on (from 1); 0 for never. */
  arm(crashAt: number, afterCommit: boolean): void {
    this.crashAt = crashAt
    this.afterCommit = afterCommit
    this.writes = 0
  }

  async write<T>(write: (writing: ReplicaWriting) => T): Promise<T> {
    if (++this.writes !== this.crashAt) return this.inner.write(write)
    this.crashed = true
    if (!this.afterCommit) {
      // Taken back, as a process that dies here would leave it.
      return this.inner.write((writing) => {
        write(writing)
        throw new Crash()
      })
    }
    await this.inner.write(write)
    throw new Crash()
  }

  read<T>(read: (reading: ReplicaReading) => T): T {
    return this.inner.read(read)
  }

  version(): number {
    return this.inner.version()
  }

  subscribe(listener: () => void): () => void {
    return this.inner.subscribe(listener)
  }

  lead(signal: AbortSignal): Promise<Lead> {
    return this.inner.lead(signal)
  }

  durability(): Durability {
    return this.inner.durability()
  }

  journal(task: TaskId): Promise<readonly JournalEntry[]> {
    return this.inner.journal(task)
  }

  close(): Promise<void> {
    return this.inner.close()
  }
}
