import type { ReplicaStore } from '@taskgrid/replica'
import { newId } from '@taskgrid/replica'
import { Profile } from '../../../testing/dexie.js'
import { storeConformance } from '../../../testing/store-conformance.js'

const profile = new Profile()
const names = new WeakMap<ReplicaStore, string>()

async function open(name: string, ...[first]: Parameters<Profile['tab']> extends [string, infer F, ...unknown[]] ? [F] : never): Promise<ReplicaStore> {
  const store = await profile.tab(name, first)
  names.set(store, name)
  return store
}

storeConformance('Dexie', {
  open: (mark) => open(newId(), () => mark),
  reopen: async (store) => {
    await store.close()
    return open(names.get(store) ?? '', () => {
      throw new TypeError('it was there before')
    })
  },
})
