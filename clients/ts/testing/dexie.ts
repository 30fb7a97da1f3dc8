import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { ReplicaMark, StoreChannel } from '@taskgrid/replica'
import { newId, noChannel, soleLeadership, webLocksLeadership } from '@taskgrid/replica'
import type { DexieStoreOptions } from '@taskgrid/storage-dexie'
import { DexieReplicaStore } from '@taskgrid/storage-dexie'
import { FakeLocks } from './fake-locks.js'

/** A browser's profile: one IndexedDB, one set of locks, channels between its tabs. */
export class Profile {
  readonly indexedDB = new IDBFactory()
  private readonly locks = new FakeLocks()
  private readonly listeners = new Set<(version: number) => void>()

  /** What Dexie is given to use this profile. */
  get dexie(): NonNullable<DexieStoreOptions['dexie']> {
    return { indexedDB: this.indexedDB, IDBKeyRange }
  }

  /** Opens the store in a tab. */
  tab(name: string, first: () => ReplicaMark, more: DexieStoreOptions = {}): Promise<DexieReplicaStore> {
    return DexieReplicaStore.open(name, first, {
      dexie: this.dexie, leadership: webLocksLeadership(this.locks, `${name}.lead`), channel: this.channel(), ...more,
    })
  }

  private channel(): StoreChannel {
    let own: ((version: number) => void) | undefined
    return {
      post: (version) => {
        for (const listener of [...this.listeners]) if (listener !== own) listener(version)
      },
      listen: (listener) => {
        own = listener
        this.listeners.add(listener)
      },
      close: () => {
        if (own !== undefined) this.listeners.delete(own)
      },
    }
  }
}

/** A store on an IndexedDB of its own. */
export function openDexie(mark: ReplicaMark): Promise<DexieReplicaStore> {
  return DexieReplicaStore.open(newId(), () => mark, {
    dexie: { indexedDB: new IDBFactory(), IDBKeyRange }, leadership: soleLeadership(), channel: noChannel(),
  })
}
