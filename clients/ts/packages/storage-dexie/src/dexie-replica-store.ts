import type { TaskId } from '@taskgrid/protocol'
import type { Durability, JournalEntry, Lead, Leadership, ReplicaMark, ReplicaReading, ReplicaStore, ReplicaWriting, StoreChannel } from '@taskgrid/replica'
import { broadcastChannel, noChannel, soleLeadership, webLocksLeadership, WorkingTables } from '@taskgrid/replica'
import type { DexieOptions } from 'dexie'
import { Dexie } from 'dexie'
import { readAll, readMark, readSince, readVersion } from './loading.js'
import { ReplicaDatabase } from './replica-database.js'
import { confirmedStores, saveDelta, saveMark, tell } from './saving.js'

/** Memory has what the disk has no room for, and another tab wrote: neither may be written over the other. */
class Diverged extends Error {
  override readonly name = 'Diverged'
}

/** What a store may be given beside its name; left out, the browser's own. */
export interface DexieStoreOptions {
  /** Which tab syncs. */
  readonly leadership?: Leadership
  /** How tabs tell each other. */
  readonly channel?: StoreChannel
  /** Another IndexedDB than the platform's. */
  readonly dexie?: DexieOptions
  /** A newer version in another tab wants to change the schema, and this one let go of the store: the page is to be loaded anew. */
  readonly outdated?: () => void
}

/**
 * A replica in IndexedDB. Its rows are read once, at opening; from then on reads are from memory, and each write is one transaction of the
 * database that first takes over what other tabs wrote. A full disk first drops the confirmed state, which can be fetched anew; if that is
 * not enough, writes are kept in memory, still shown and sent, and written down as soon as there is room.
 */
export class DexieReplicaStore implements ReplicaStore {
  private readonly db: ReplicaDatabase
  private readonly tables: WorkingTables
  private readonly leadership: Leadership
  private readonly channel: StoreChannel
  private readonly listeners = new Set<() => void>()
  private queue: Promise<unknown> = Promise.resolve()
  private moved = 0
  /** What the disk holds is in memory up to this version. */
  private diskVersion = 0
  /** The disk has no room for the confirmed state. */
  private isEvicted = false
  /** The disk has no room at all, or another tab took what there was: it lacks what memory has. */
  private isBehind = false

  private constructor(db: ReplicaDatabase, mark: ReplicaMark, options: Required<Pick<DexieStoreOptions, 'leadership' | 'channel'>>) {
    this.db = db
    this.tables = new WorkingTables(mark)
    this.leadership = options.leadership
    this.channel = options.channel
    // What a refresh misses, the next write takes over.
    this.channel.listen(() => void this.refresh().catch(() => undefined))
  }

  /**
   * Opens the store of a name, and makes it with this mark if it is new: so all tabs of a profile share one replica id.
   * @throws NewerDatabase where a newer version wrote it.
   */
  static async open(name: string, first: () => ReplicaMark, options: DexieStoreOptions = {}): Promise<DexieReplicaStore> {
    const db = new ReplicaDatabase(name, options.dexie)
    db.on('versionchange', () => {
      db.close()
      options.outdated?.()
    })
    await db.openAll()
    const mark = await db.transaction('rw', db.meta, async () => {
      const kept = await readMark(db)
      const mark = kept ?? first()
      if (kept === undefined) await saveMark(db, mark, true)
      return mark
    })
    const store = new DexieReplicaStore(db, mark, {
      leadership: options.leadership ?? (typeof navigator === 'undefined' ? soleLeadership() : webLocksLeadership(navigator.locks, `${name}.lead`)),
      channel: options.channel ?? (typeof BroadcastChannel === 'undefined' ? noChannel() : broadcastChannel(name)),
    })
    await db.transaction('r', db.tables, () => store.takeAll())
    return store
  }

  read<T>(read: (reading: ReplicaReading) => T): T {
    return read(this.tables)
  }

  write<T>(write: (writing: ReplicaWriting) => T): Promise<T> {
    return this.inTurn(async () => {
      const result = await this.save(write)
      this.channel.post(this.diskVersion)
      this.notify()
      return result
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
    return this.isBehind ? 'memory' : 'disk'
  }

  async journal(task: TaskId): Promise<readonly JournalEntry[]> {
    const rows = await this.db.journal.where('[task+seq]').between([task, Dexie.minKey], [task, Dexie.maxKey]).toArray()
    return rows.map(({ prior, change }) => ({ task, prior, change }))
  }

  async close(): Promise<void> {
    this.channel.close()
    this.listeners.clear()
    await this.queue
    this.db.close()
  }

  /** One after the other; what one throws is its own. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.queue.then(work)
    this.queue = turn.catch(() => undefined)
    return turn
  }

  private async save<T>(write: (writing: ReplicaWriting) => T): Promise<T> {
    for (const withConfirmed of this.isEvicted ? [false] : [true, false]) {
      try {
        return await this.saveOn(write, withConfirmed)
      } catch (error) {
        if (!isQuota(error) && !(error instanceof Diverged)) throw error
      }
    }
    this.isBehind = true
    return this.tables.transact(write).result
  }

  /** Runs and writes down, in one transaction of the database. */
  private async saveOn<T>(write: (writing: ReplicaWriting) => T, withConfirmed: boolean): Promise<T> {
    let undo: () => void = () => undefined
    try {
      const saved = await this.db.transaction('rw', this.db.tables, async () => {
        await this.catchUp()
        const { result, delta, undo: back } = this.tables.transact(write)
        undo = back
        const evicts = !withConfirmed && !this.isEvicted
        if (evicts) for (const table of confirmedStores(this.db)) await table.clear()
        const written = this.isBehind ? this.tables.whole() : evicts ? { ...delta, mark: this.tables.mark } : delta
        await saveDelta(this.db, written, withConfirmed)
        const version = this.diskVersion + 1
        await tell(this.db, version, written, !evicts)
        return { result, version }
      })
      this.diskVersion = saved.version
      this.isEvicted = !withConfirmed
      this.isBehind = false
      return saved.result
    } catch (error) {
      undo()
      throw error
    }
  }

  /** Takes over what other tabs wrote, in the caller's transaction. */
  private async catchUp(): Promise<void> {
    const version = await readVersion(this.db)
    if (version === this.diskVersion) return
    if (this.isBehind) throw new Diverged()
    const delta = await readSince(this.db, this.diskVersion, version)
    if (delta === undefined) return this.takeAll()
    this.tables.apply(delta)
    this.diskVersion = version
  }

  private async takeAll(): Promise<void> {
    this.diskVersion = await readVersion(this.db)
    this.tables.apply(await readAll(this.db))
  }

  /** Another tab wrote. A store that was closed meanwhile has nobody to tell. */
  private refresh(): Promise<void> {
    return this.inTurn(async () => {
      if (this.isBehind || !this.db.isOpen()) return
      await this.db.transaction('r', this.db.tables, () => this.catchUp())
      this.notify()
    })
  }

  private notify(): void {
    this.moved++
    for (const listener of [...this.listeners]) listener()
  }
}

/** The browser says that the disk, or what it allows of it, is full. */
function isQuota(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { inner } = error as { readonly inner?: unknown }
  return error.name === 'QuotaExceededError' || isQuota(inner)
}
