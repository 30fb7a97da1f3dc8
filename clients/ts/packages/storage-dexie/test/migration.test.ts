import { freshMark, newId, Replica } from '@taskgrid/replica'
import { DexieReplicaStore, KEPT, NewerDatabase, ReplicaDatabase, SCHEMA, TaskRows } from '@taskgrid/storage-dexie'
import { expect, test } from 'vitest'
import { Profile } from '../../../testing/dexie.js'
import { World } from '../../../testing/world.js'

const first = () => freshMark(newId(), newId(), newId())

test('no step of the schema takes away what exists nowhere else', () => {
  for (const step of SCHEMA) for (const store of KEPT) expect(step[store]).not.toBe(null)
  expect(Object.keys(SCHEMA[0] ?? {})).toEqual(expect.arrayContaining([...KEPT]))
})

test('a migration keeps the outbox, the refused changes and where the replica stands', async () => {
  const profile = new Profile()
  const store = await profile.tab('garden', first)
  const task = newId()
  await new Replica(store).write([{ op: 'create', task, values: { title: 'fence' } }, { op: 'add', task, field: 'labels', value: 'garden' }])
  await store.write((writing) => {
    const last = writing.pending().at(-1)
    if (last !== undefined) writing.reject(last, 'forbidden', 'no', 1)
  })
  await store.close()

  const next = new ReplicaDatabase('garden', profile.dexie, [...SCHEMA, { tasks: 'id, seq, [status+dueDate]', comments: null }])
  await next.openAll()
  expect(await next.outbox.toArray()).toMatchObject([{ n: 1, place: 1 }])
  expect(await next.rejected.toArray()).toMatchObject([{ code: 'forbidden', origin: { n: 2 } }])
  expect(await next.meta.get('mark')).toMatchObject({ mark: { nextN: 3 } })
  next.close()
})

test('a store that a newer version wrote is left as it is', async () => {
  const profile = new Profile()
  const newer = new ReplicaDatabase('garden', profile.dexie, [...SCHEMA, { moods: 'id' }])
  await newer.openAll()
  await newer.outbox.put({ place: 1, replica: 'r', n: 1, state: 0, raw: '{}' })
  newer.close()
  await expect(profile.tab('garden', first)).rejects.toThrow(NewerDatabase)
  const again = new ReplicaDatabase('garden', profile.dexie, [...SCHEMA, { moods: 'id' }])
  await again.openAll()
  expect(await again.outbox.count()).toBe(1)
  again.close()
})

test('a tab lets go of the store when a newer version wants to change it, and says so', async () => {
  const profile = new Profile()
  const outdated = new Promise<void>((resolve) => {
    void profile.tab('garden', first, { outdated: resolve }).then(async () => {
      const next = new ReplicaDatabase('garden', profile.dexie, [...SCHEMA, { moods: 'id' }])
      await next.openAll()
      next.close()
    })
  })
  await outdated
})

test('confirmed tasks are found by their indexes, all that is asked together', async () => {
  const profile = new Profile()
  const world = new World((mark) => DexieReplicaStore.open('garden', () => mark, { dexie: profile.dexie }))
  const device = await world.deviceOf(world.ana)
  const project = newId()
  const tasks: string[] = []
  for (const [title, status, label] of [['one', 'todo', 'garden'], ['two', 'todo', 'house'], ['three', 'done', 'garden']] as const) {
    const task = newId()
    tasks.push(task)
    await device.write({ op: 'create', task, values: { title, status, labels: [label], ...(title === 'two' ? {} : { project }) } })
  }
  await device.comment(tasks[0] ?? '', 'Green?')
  await world.converge()
  const base = device.mark.base
  await device.write({ op: 'delete', task: tasks[2] ?? '' })
  await world.converge()
  await world.close()

  const db = new ReplicaDatabase('garden', profile.dexie)
  await db.openAll()
  const rows = new TaskRows(db)
  const titles = (found: readonly { readonly title: string }[]) => found.map(({ title }) => title).sort()
  expect(titles(await rows.matching({ status: 'todo' }))).toEqual(['one', 'two'])
  expect(titles(await rows.matching({ status: 'todo', label: 'garden', project }))).toEqual(['one'])
  expect(titles(await rows.matching({ status: 'none' }))).toEqual([])
  expect(titles(await rows.matching({}))).toEqual(['one', 'two'])
  expect((await rows.matching({ label: 'garden' }))[0]?.comments).toMatchObject([{ body: 'Green?' }])
  expect(titles(await rows.since(base))).toEqual(['three'])
  db.close()
})
