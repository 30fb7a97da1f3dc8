import type { ReplicaStore } from '@taskgrid/replica'
import { freshMark, newId, Replica, shownTask } from '@taskgrid/replica'
import { expect, test } from 'vitest'
import { Profile } from '../../../testing/dexie.js'
import { everything } from '../../../testing/store-conformance.js'

const first = () => freshMark(newId(), newId(), newId())

test('[ID2] the tabs of a profile are one replica, whichever opens first', async () => {
  const profile = new Profile()
  const tabs = await Promise.all([profile.tab('garden', first), profile.tab('garden', first), profile.tab('garden', first)])
  expect(new Set(tabs.map((tab) => tab.read((reading) => reading.mark.replica))).size).toBe(1)
  await Promise.all(tabs.map((tab) => tab.close()))
})

test('[ID4] two tabs that write at once never give a number twice, and each shows what the other wrote', async () => {
  const profile = new Profile()
  const [one, two] = [await profile.tab('garden', first), await profile.tab('garden', first)]
  const [ours, theirs] = [new Replica(one), new Replica(two)]
  await Promise.all(Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? ours : theirs).write([{ op: 'create', task: newId(), values: { title: `task ${i}` } }])))
  await settled(one, two)
  for (const tab of [one, two])
    expect(tab.read((reading) => reading.pending().map(({ origin }) => origin.n))).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
  expect(everything(one)).toEqual(everything(two))
  await Promise.all([one.close(), two.close()])
})

test('a tab is told of another one\'s write', async () => {
  const profile = new Profile()
  const [one, two] = [await profile.tab('garden', first), await profile.tab('garden', first)]
  const told = new Promise<void>((resolve) => two.subscribe(resolve))
  const task = newId()
  await new Replica(one).write([{ op: 'create', task, values: { title: 'fence' } }])
  await told
  expect(two.read((reading) => shownTask(reading, task)?.title)).toBe('fence')
  await Promise.all([one.close(), two.close()])
})

test('a tab that was not told, or is far behind, takes all over before it writes', async () => {
  const profile = new Profile()
  const silent = { post: () => undefined, listen: () => undefined, close: () => undefined }
  const [one, two] = [await profile.tab('garden', first, { channel: silent }), await profile.tab('garden', first, { channel: silent })]
  for (const count of [3, 250]) {
    for (let i = 0; i < count; i++) await new Replica(one).write([{ op: 'create', task: newId(), values: { title: `task ${i}` } }])
    await new Replica(two).write([{ op: 'create', task: newId(), values: { title: 'mine' } }])
    await one.write(() => undefined)
    expect(everything(two)).toEqual(everything(one))
  }
  await Promise.all([one.close(), two.close()])
}, 30_000)

test('a cleared confirmed state reaches other tabs', async () => {
  const profile = new Profile()
  const [one, two] = [await profile.tab('garden', first), await profile.tab('garden', first)]
  await one.write((writing) => writing.putMember({ kind: 'member', member: newId(), name: 'Ana', role: 'owner' }))
  await one.write((writing) => {
    writing.clearConfirmed()
    writing.putMark({ ...writing.mark, quarantined: true })
  })
  await settled(one, two)
  expect(two.read((reading) => [reading.members().length, reading.mark.quarantined])).toEqual([0, true])
  await Promise.all([one.close(), two.close()])
})

test('one tab of a profile leads, and another takes over after it', async () => {
  const profile = new Profile()
  const [one, two] = [await profile.tab('garden', first), await profile.tab('garden', first)]
  const signal = new AbortController().signal
  const lead = await one.lead(signal)
  let taken = false
  const next = two.lead(signal).then((other) => {
    taken = true
    return other
  })
  await settled(one, two)
  expect(taken).toBe(false)
  lead.release()
  ;(await next).release()
  await Promise.all([one.close(), two.close()])
})

/** Until what was told has been taken in: a write comes after all that came before it. */
async function settled(...tabs: readonly ReplicaStore[]): Promise<void> {
  for (const tab of tabs) await tab.write(() => undefined)
  for (const tab of tabs) await tab.write(() => undefined)
}
