import type { ChangeBody } from '@taskgrid/protocol'
import { newId, shownTasks } from '@taskgrid/replica'
import { digestText } from '@taskgrid/kernel'
import { MemoryReplicaStore } from '@taskgrid/storage-memory'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AllInOne } from '../../../testing/allinone.js'
import { openDexie } from '../../../testing/dexie.js'
import { FlakyNetwork } from '../../../testing/flaky-fetch.js'
import type { OnlineDevice } from '../../../testing/person.js'
import { Person, valueOf } from '../../../testing/person.js'
import type { Seeded } from '../../../testing/seeded.js'
import { seeded } from '../../../testing/seeded.js'
import { freshSeeds } from '../../../testing/seeds.js'
import { Typist } from '../../../testing/typist.js'
import type { OpenStore } from '../../../testing/world.js'

const STEPS = 60
const NEVER = new AbortController().signal
const inMemory: OpenStore = (mark) => Promise.resolve(new MemoryReplicaStore(mark))

let server: AllInOne | undefined
let people: readonly Person[]

beforeAll(async () => {
  const started = await AllInOne.start()
  server = started
  people = await Promise.all(['Ana', 'Ben'].map((name) => Person.register(started.url, name)))
}, 120_000)

afterAll(() => server?.stop(), 60_000)

/**
 * Devices of two people do things at random on the real server, over a network that loses requests and answers; then all is calm. Every
 * device has the server's digest, every change is in its log or on its user's list, and what was typed stands in a text.
 */
test.each([1, 2, ...freshSeeds(1)])('[LG2] whatever is lost on the way, all devices have the server\'s state after quiet (seed %i)', async (seed) => {
  const random = seeded(seed)
  const network = new FlakyNetwork(random, 4)
  const [ana, ben] = people
  if (ana === undefined || ben === undefined) throw new TypeError('nobody is there')
  const organization = await ana.createOrganization(ben)
  const devices = [
    await ana.device(organization, inMemory, { fetch: network.fetch }),
    await ana.device(organization, openDexie, { fetch: network.fetch }),
    await ben.device(organization, openDexie, { fetch: network.fetch }),
  ]
  const user = new User(random)
  for (const device of devices) await device.sync()

  network.calm(false)
  for (let step = 0; step < STEPS; step++) {
    const device = random.pick(devices)
    if (random.below(3) > 0) await user.act(device)
    else await device.sync()
  }
  network.calm(true)
  for (let round = 0; round < 2; round++) for (const device of devices) expect(await device.sync()).toEqual({ kind: 'up-to-date' })

  expect(network.lost).toBeGreaterThan(0)
  await expectSame(devices)
  user.expectTyped(devices)
  await Promise.all(devices.map((device) => device.store.close()))
}, 120_000)

/** Somebody who does things at random. */
class User {
  private readonly random: Seeded
  private readonly typist: Typist
  private readonly removed: string[] = []

  constructor(random: Seeded) {
    this.random = random
    this.typist = new Typist(random)
  }

  async act(device: OnlineDevice): Promise<void> {
    const tasks = device.store.read(shownTasks).filter(({ line }) => !line.deleted)
    const isFew = tasks.length < 3
    const body: ChangeBody = isFew || this.random.below(8) === 0
      ? { op: 'create', task: newId(), values: { title: this.typist.word('task '), labels: ['l0'] } }
      : this.bodyOn(this.random.pick(tasks).line.id, this.random.pick(tasks).line.id, device)
    expect(await device.replica.write([body])).toMatchObject({ kind: 'written' })
  }

  /** What was typed stands in a text that all see, or in one of those whose edit was refused; a delete takes no text away. */
  expectTyped(devices: readonly OnlineDevice[]): void {
    const texts = devices.flatMap(({ store }) => store.read((reading) => [
      ...Array.from(reading.tasks(), (line) => line.description),
      ...reading.rejected().flatMap(({ change }) => (change.op === 'text' ? change.edit.filter((part) => typeof part === 'string') : [])),
    ])).join('\n')
    expect(this.typist.typed.filter((word) => !texts.includes(word))).toEqual([])
    expect(this.typist.typed.length + this.removed.length).toBeGreaterThan(0)
  }

  private bodyOn(task: string, other: string, device: OnlineDevice): ChangeBody {
    switch (this.random.below(10)) {
      case 0:
        return { op: 'set', task, field: 'status', value: this.random.pick(['todo', 'doing', 'done']) }
      case 1:
        return { op: 'add', task, field: 'labels', value: `l${this.random.below(3)}` }
      case 2:
        return { op: 'remove', task, field: 'labels', value: `l${this.random.below(3)}` }
      case 3:
        return { op: 'comment', task, comment: newId(), body: this.typist.word('c') }
      case 4:
        return task === other ? { op: 'set', task, field: 'priority', value: 'high' } : { op: 'set', task, field: 'parent', value: other }
      case 5:
        this.removed.push(task)
        return { op: 'delete', task }
      default: {
        const text = device.store.read(shownTasks).find(({ line }) => line.id === task)?.line.description ?? ''
        return { op: 'text', task, field: 'description', edit: this.typist.edit(text) }
      }
    }
  }
}

async function expectSame(devices: readonly OnlineDevice[]): Promise<void> {
  for (const { store, transport } of devices) {
    const { mark, pending } = store.read((reading) => ({ mark: reading.mark, pending: reading.pending() }))
    const { head } = valueOf(await transport.snapshot(mark.organization, mark.replica, () => undefined, NEVER))
    expect(pending).toEqual([])
    // No resync was needed for it: what came was folded into the server's very lines.
    expect([mark.base, digestText(mark.digest), mark.resyncedAt]).toEqual([head.seq, head.digest, 0])
  }
}
