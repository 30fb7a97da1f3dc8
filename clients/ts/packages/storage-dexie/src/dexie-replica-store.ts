import type { Delta, Durability, Lead, Leadership, ReplicaMark, ReplicaReading, ReplicaStore, ReplicaWriting, StoreChannel } from '@taskgrid/replica'
import { broadcastChannel, noChannel, soleLeadership, webLocksLeadership, WorkingTables } from '@taskgrid/replica'
import type { DexieOptions } from 'dexie'
import { readAll, readMark, readSince, readVersion } from './loading.js'
import { ReplicaDatabase } from './replica-database.js'
import { confirmedStores, saveDelta, saveMark, tell } from './saving.js'

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
  private version_ = 0
  /** The disk has no room for the confirmed state. */
  private isEvicted = false
  /** The disk has no room at all: it lacks what memory has. */
  private isBehind = false

  private constructor(db: ReplicaDatabase, mark: ReplicaMark, options: Required<Pick<DexieStoreOptions, 'leadership' | 'channel'>>) {
    this.db = db
    this.tables = new WorkingTables(mark)
    this.leadership = options.leadership
    this.channel = options.channel
    this.channel.listen(() => void this.refresh())
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
      this.channel.post(this.version_)
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
    for (const evicted of this.isEvicted || this.isBehind ? [true] : [false, true]) {
      try {
        return await this.saveOn(write, evicted)
      } catch (error) {
        if (!isQuota(error)) throw error
      }
    }
    this.isBehind = true
    return this.tables.transact(write).result
  }

  /** Runs and writes down, in one transaction of the database. */
  private async saveOn<T>(write: (writing: ReplicaWriting) => T, evicted: boolean): Promise<T> {
    let undo: () => void = () => undefined
    try {
      const result = await this.db.transaction('rw', this.db.tables, async () => {
        if (!this.isBehind) await this.catchUp()
        const { result, delta, undo: back } = this.tables.transact(write)
        undo = back
        if (evicted && !this.isEvicted) for (const table of confirmedStores(this.db)) await table.clear()
        if (this.isBehind) await this.saveOutboxAnew()
        else await saveDelta(this.db, delta, !evicted)
        if (evicted && !this.isEvicted) await saveMark(this.db, this.tables.mark, false)
        this.version_ = Math.max(this.version_, await readVersion(this.db)) + 1
        await tell(this.db, this.version_, delta)
        return result
      })
      this.isEvicted = evicted
      this.isBehind = false
      return result
    } catch (error) {
      undo()
      throw error
    }
  }

  private async saveOutboxAnew(): Promise<void> {
    for (const table of [this.db.outbox, this.db.rejected]) await table.clear()
    const { mark, outbox, rejected } = wholeOutbox(this.tables)
    await saveDelta(this.db, { ...NOTHING, mark, outbox, rejected }, false)
  }

  /** Takes over what other tabs wrote, in the caller's transaction. */
  private async catchUp(): Promise<void> {
    const version = await readVersion(this.db)
    if (version === this.version_) return
    const delta = await readSince(this.db, this.version_, version)
    if (delta === undefined) return this.takeAll()
    this.tables.apply(delta)
    this.version_ = version
  }

  private async takeAll(): Promise<void> {
    this.version_ = await readVersion(this.db)
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
