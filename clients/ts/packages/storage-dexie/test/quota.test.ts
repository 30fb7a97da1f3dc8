import { freshMark, newId, shownTask } from '@taskgrid/replica'
import type { DexieReplicaStore } from '@taskgrid/storage-dexie'
import { ReplicaDatabase } from '@taskgrid/storage-dexie'
import { afterEach, describe, expect, test } from 'vitest'
import { Device } from '../../../testing/device.js'
import { Profile } from '../../../testing/dexie.js'
import { FullDisk } from '../../../testing/full-disk.js'
import { World } from '../../../testing/world.js'

const disk = new FullDisk()

afterEach(() => disk.free())

describe('a full disk', () => {
  test('first drops the confirmed state, and keeps every change in the outbox', async () => {
    const { world, profile, device, store, name } = await ready()
    const task = await device.create('fence')
    await world.converge()
    disk.fill({ evictable: true })
    await device.type(task, 'title', 'fence, blue')
    expect(store.durability()).toBe('disk')
    // This tab still shows all of it.
    expect(device.shown(task).title).toBe('fence, blue')
    await store.close()

    const reopened = await profile.tab(name, () => freshMark(newId(), newId(), newId()))
    expect(reopened.read((reading) => [reading.taskCount(), reading.pending().length, reading.mark.evicted])).toEqual([0, 1, true])
    disk.free()
    const again = new Device(world.server, world.ana, reopened)
    await again.sync()
    expect(again.shown(task).title).toBe('fence, blue')
    expect(again.mark.evicted).toBe(false)
    expect(world.server.tasks.get(task)?.title).toBe('fence, blue')
    await reopened.close()
  })

  test('without any room writes stay in memory, are shown, sent, and written down once there is room', async () => {
    const { world, profile, device, store, name } = await ready()
    const task = await device.create('fence')
    await world.converge()
    disk.fill({ evictable: false })
    await device.type(task, 'title', 'fence, blue')
    await device.write({ op: 'add', task, field: 'labels', value: 'garden' })
    expect(store.durability()).toBe('memory')
    expect(device.shown(task)).toMatchObject({ title: 'fence, blue', labels: ['garden'] })
    await device.sync()
    expect(world.server.tasks.get(task)).toMatchObject({ title: 'fence, blue', labels: ['garden'] })

    await device.write({ op: 'add', task, field: 'labels', value: 'late' })
    disk.free()
    await device.write({ op: 'add', task, field: 'labels', value: 'later' })
    expect(store.durability()).toBe('disk')
    await store.close()
    const reopened = await profile.tab(name, () => freshMark(newId(), newId(), newId()))
    expect(reopened.read((reading) => shownTask(reading, task)?.labels)).toEqual(['garden', 'late', 'later'])
    await new Device(world.server, world.ana, reopened).sync()
    expect(world.server.tasks.get(task)?.labels).toEqual(['garden', 'late', 'later'])
    await reopened.close()
  })

  test('a tab without room never writes over what another tab found room for', async () => {
    const { world, profile, device, store, name } = await ready()
    const task = await device.create('fence')
    await world.converge()
    disk.fill({ evictable: false })
    await device.write({ op: 'add', task, field: 'labels', value: 'mine' })
    disk.free()
    const other = await profile.tab(name, () => freshMark(newId(), newId(), newId()))
    await new Device(world.server, world.ana, other).write({ op: 'add', task, field: 'labels', value: 'other' })
    await device.write({ op: 'add', task, field: 'labels', value: 'more' })
    expect(store.durability()).toBe('memory')
    expect(device.shown(task).labels).toEqual(['mine', 'more'])
    expect(other.read((reading) => shownTask(reading, task)?.labels)).toEqual(['other'])
    await store.close()
    await other.close()
  })
})

interface Ready {
  readonly world: World
  readonly profile: Profile
  readonly device: Device
  readonly store: DexieReplicaStore
  readonly name: string
}

async function ready(): Promise<Ready> {
  const [profile, name] = [new Profile(), newId()]
  const opened: DexieReplicaStore[] = []
  const world = new World(async (mark) => {
    const store = await profile.tab(name, () => mark)
    opened.push(store)
    return store
  })
  const device = await world.deviceOf(world.ana)
  const [store] = opened
  if (store === undefined) throw new TypeError('no store')
  return { world, profile, device, store, name }
}

test('the database is named as it is asked for', async () => {
  const { profile, store, name } = await ready()
  await store.close()
  const db = new ReplicaDatabase(name, profile.dexie)
  await db.openAll()
  expect(await db.meta.get('mark')).toMatchObject({ name: 'mark' })
  db.close()
})
