import { digestText } from '@taskgrid/kernel'
import type { ReplicaMark, SyncEvent } from '@taskgrid/replica'
import { newId, shownTask } from '@taskgrid/replica'
import { MemoryReplicaStore } from '@taskgrid/storage-memory'
import { ApiClient, memorySessionStore, SessionKeeper } from '@taskgrid/transport'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AllInOne } from '../../../testing/allinone.js'
import type { OnlineDevice } from '../../../testing/person.js'
import { nodeSocket, Person, valueOf } from '../../../testing/person.js'

const NEVER = new AbortController().signal
const inMemory = (mark: ReplicaMark) => Promise.resolve(new MemoryReplicaStore(mark))

let server: AllInOne | undefined
let url: string
let ana: Person
let ben: Person
let organization: string

beforeAll(async () => {
  server = await AllInOne.start()
  url = server.url
  ana = await Person.register(url, 'Ana')
  ben = await Person.register(url, 'Ben')
  organization = await ana.createOrganization(ben)
}, 120_000)

afterAll(() => server?.stop(), 60_000)

describe('the real server', () => {
  test('[TX6] two people type into one title offline, and both read the same', async () => {
    const [one, two] = [await ana.device(organization, inMemory), await ben.device(organization, inMemory)]
    const task = await create(one, 'Paint the fence')
    await syncAll(one, two)
    await edit(one, task, [10, 'garden '])
    await edit(two, task, [15, ' blue'])
    await syncAll(one, two, one)
    expect([titleOf(one, task), titleOf(two, task)]).toEqual(['Paint the garden fence blue', 'Paint the garden fence blue'])
    await expectSame(one, two)
  })

  test('[CF9] an assignment that lost is offered and can be chosen after all', async () => {
    const [one, two] = [await ana.device(organization, inMemory), await ben.device(organization, inMemory)]
    const task = await create(one, 'Oil the gate')
    await syncAll(one, two)
    await one.replica.write([{ op: 'set', task, field: 'assignee', value: ana.user }])
    await two.replica.write([{ op: 'set', task, field: 'assignee', value: ben.user }])
    await syncAll(one, two, one)
    const [conflict] = one.store.read((reading) => reading.conflicts(true)).filter((note) => note.task === task)
    expect(conflict).toMatchObject({ kind: 'reassigned', open: true, field: 'assignee' })
    const loser = conflict?.versions.find(({ value }) => value !== one.store.read((reading) => shownTask(reading, task))?.assignee)
    await one.replica.write([{ op: 'resolve', conflict: conflict?.id ?? '', choice: loser?.seq ?? 0 }])
    expect(one.store.read((reading) => shownTask(reading, task))?.assignee).toBe(loser?.value)
    await syncAll(one, two)
    expect(two.store.read((reading) => shownTask(reading, task))?.assignee).toBe(loser?.value)
    expect(two.store.read((reading) => reading.conflict(conflict?.id ?? ''))).toMatchObject({ open: false })
    await expectSame(one, two)
  })

  test('[LV2] what one writes the other is told live, through a ticket', async () => {
    const [one, two] = [await ana.device(organization, inMemory), await ben.device(organization, inMemory)]
    const seen = new Watching()
    const loops = [one.run(() => undefined), two.run(seen.watch)]
    await seen.until((event) => event.kind === 'live' && event.up)
    const task = await create(one, 'Sweep the path')
    await seen.until(() => two.store.read((reading) => shownTask(reading, task)) !== undefined)
    await Promise.all(loops.map((loop) => loop.end()))
    expect(titleOf(two, task)).toBe('Sweep the path')
  })

  test('[LV5] without a live connection, polling brings it as it comes', async () => {
    const one = await ana.device(organization, inMemory)
    const two = await ben.device(organization, inMemory, { socket: (_, subprotocol) => nodeSocket('ws://127.0.0.1:1', subprotocol) })
    const seen = new Watching()
    const loop = two.run(seen.watch)
    await seen.until(({ kind }) => kind === 'up-to-date')
    const task = await create(one, 'Rake the leaves')
    await one.sync()
    await seen.until(() => two.store.read((reading) => shownTask(reading, task)) !== undefined)
    expect(seen.events.some(({ kind }) => kind === 'live')).toBe(false)
    await loop.end()
  })

  test('[PU3] what the role does not allow comes back as refused', async () => {
    const guest = await Person.register(url, 'Guest')
    valueOf(await ana.api.addMember(organization, { email: guest.email, role: 'viewer' }, ana.token, NEVER))
    const device = await guest.device(organization, inMemory)
    // Before its first sync it does not know its role, and lets the write pass.
    await create(device, 'Mine')
    await device.sync()
    expect(device.store.read((reading) => reading.rejected())).toMatchObject([{ code: 'forbidden' }])
    expect(await device.replica.write([{ op: 'delete', task: newId() }])).toMatchObject({ kind: 'refused', code: 'forbidden' })
  })

  test('[AC5] who is removed loses the tasks and keeps the outbox', async () => {
    const leaver = await Person.register(url, 'Leaver')
    valueOf(await ana.api.addMember(organization, { email: leaver.email, role: 'member' }, ana.token, NEVER))
    const device = await leaver.device(organization, inMemory)
    await device.sync()
    await create(device, 'Unsent')
    valueOf(await ana.api.removeMember(organization, leaver.user, ana.token, NEVER))
    expect(await device.sync()).toEqual({ kind: 'access-lost' })
    expect(device.store.read((reading) => [reading.taskCount(), reading.pending().length])).toEqual([0, 1])
  })

  test('[HT2] a browser renews its session by its cookie', async () => {
    const cookies = new CookieJar()
    const api = new ApiClient(url, { kind: 'browser', fetch: cookies.fetch })
    const session = valueOf(await api.login({ email: ana.email, password: 'correct horse battery staple' }, NEVER))
    expect(session).not.toHaveProperty('refreshToken')
    const sessions = new SessionKeeper(memorySessionStore(), api)
    sessions.begin({ ...session, expiresAt: '2000-01-01T00:00:00.000Z' })
    const token = valueOf(await sessions.token(NEVER))
    expect(new Set(cookies.seen).size).toBe(2)
    expect(valueOf(await api.me(token, NEVER)).user.id).toBe(ana.user)
  })
})

async function create(device: OnlineDevice, title: string): Promise<string> {
  const task = newId()
  expect(await device.replica.write([{ op: 'create', task, values: { title } }])).toMatchObject({ kind: 'written' })
  return task
}

function edit(device: OnlineDevice, task: string, change: readonly (number | string)[]): Promise<unknown> {
  return device.replica.write([{ op: 'text', task, field: 'title', edit: change }])
}

function titleOf(device: OnlineDevice, task: string): string | undefined {
  return device.store.read((reading) => shownTask(reading, task))?.title
}

async function syncAll(...devices: readonly OnlineDevice[]): Promise<void> {
  for (const device of devices) expect(await device.sync()).toEqual({ kind: 'up-to-date' })
}

/** The server compares digests at each sync; here the devices' own are held against a snapshot of the server's, too. */
async function expectSame(...devices: readonly OnlineDevice[]): Promise<void> {
  for (const { store, transport } of devices) {
    const mark = store.read((reading) => reading.mark)
    const snapshot = valueOf(await transport.snapshot(mark.organization, mark.replica, () => undefined, NEVER))
    expect([mark.base, digestText(mark.digest), mark.resyncedAt]).toEqual([snapshot.head.seq, snapshot.head.digest, 0])
  }
}

/** What a loop tells, and a wait for what one wants of it. */
class Watching {
  readonly events: SyncEvent[] = []
  private tell: ((event: SyncEvent) => void) | undefined

  readonly watch = (event: SyncEvent): void => {
    this.events.push(event)
    this.tell?.(event)
  }

  until(wanted: (event: SyncEvent) => boolean): Promise<void> {
    return new Promise((resolve) => {
      if (this.events.some(wanted)) return resolve()
      this.tell = (event) => {
        if (wanted(event)) resolve()
      }
    })
  }
}

/** Keeps cookies as a browser does, as far as one cookie of one server goes. */
class CookieJar {
  readonly seen: string[] = []

  readonly fetch: typeof fetch = async (input, init) => {
    const headers = { ...(init?.headers as Record<string, string>), ...(this.seen.length === 0 ? {} : { Cookie: this.seen.at(-1) ?? '' }) }
    const response = await fetch(input, { ...init, headers })
    const [set] = response.headers.getSetCookie()
    if (set !== undefined) this.seen.push(set.split(';')[0] ?? '')
    return response
  }
}
