import type { LiveFrame } from '@taskgrid/protocol'
import type { LiveConnection, Reply, SyncEvent, Time } from '@taskgrid/replica'
import { answered, Backoff, reasonOf, SYSTEM_TIME, SyncLoop, WakeSignal } from '@taskgrid/replica'
import { describe, expect, test } from 'vitest'
import type { Device } from '../../../../testing/device.js'
import { World } from '../../../../testing/world.js'

describe('waiting after failures', () => {
  test('[ER2] waits grow, never past a minute, and come back to the first one', () => {
    const backoff = new Backoff(() => 1)
    expect(Array.from({ length: 10 }, () => backoff.next())).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000])
    backoff.reset()
    expect(backoff.next()).toBe(500)
  })

  test('[ER1] what the server asked for is waited, and a little more', () => {
    expect(new Backoff(() => 0).next(3000)).toBe(3000)
    expect(new Backoff(() => 1).next(3000)).toBe(3750)
  })

  test('waking the awake is remembered once', async () => {
    const wake = new WakeSignal()
    wake.set()
    wake.set()
    await wake.wait(new AbortController().signal)
    const end = new AbortController()
    const second = wake.wait(end.signal)
    end.abort()
    await expect(second).rejects.toThrow()
  })
})

describe('the sync loop', () => {
  test('sends a write as it comes and learns of others\' live', async () => {
    const world = new World()
    const [ana, ben] = [await world.deviceOf(world.ana), await world.deviceOf(world.ben)]
    const live = new Live(world, ana)
    const loop = running(ana)
    await loop.until(({ kind }) => kind === 'live')

    const task = await ana.create('fence')
    await loop.until((event) => event.kind === 'pushed' && event.left === 0)
    await ben.sync()
    await ben.type(task, 'title', 'fence, blue')
    await ben.sync()
    live.tell()
    await loop.until((event) => event.kind === 'pulled' && event.base === world.server.head)

    expect(ana.shown(task).title).toBe('fence, blue')
    await loop.end()
    expect(live.isClosed).toBe(true)
  })

  test('[LV5] where a live connection breaks, a pull finds what it lost', async () => {
    const world = new World()
    const [ana, ben] = [await world.deviceOf(world.ana), await world.deviceOf(world.ben)]
    const live = new Live(world, ana)
    const loop = running(ana)
    await loop.until(({ kind }) => kind === 'live')
    const task = await ben.create('fence')
    await ben.sync()
    live.put({ type: 'closed', code: 1006 })
    await loop.until((event) => event.kind === 'pulled' && event.base === world.server.head)
    expect(ana.shown(task).title).toBe('fence')
    await loop.end()
  })

  test('waits out what does not work, and a hint ends the wait', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    new Live(world, ana)
    ana.transport.offline = true
    const hints = new WakeSignal()
    // The wait itself never ends here.
    const loop = running(ana, { hints, time: { ...SYSTEM_TIME, delay: never } })
    const retrying = await loop.until(({ kind }) => kind === 'retrying')
    expect(retrying).toMatchObject({ detail: 'cut' })
    ana.transport.offline = false
    hints.set()
    await loop.until(({ kind }) => kind === 'up-to-date')
    await loop.end()
  })

  test('ends where only a person can help', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    await ana.sync()
    world.server.remove(world.ana)
    expect(await new SyncLoop(ana.store, ana.transport).run(new AbortController().signal)).toEqual({ kind: 'access-lost' })
  })

  test('only one of two loops on a store leads, and the other takes over after it', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    new Live(world, ana)
    const first = running(ana)
    await first.until(({ kind }) => kind === 'leading')
    const second = running(ana)
    await first.until(({ kind }) => kind === 'live')
    expect(second.events).toEqual([])
    await first.end()
    await second.until(({ kind }) => kind === 'leading')
    await second.end()
  })
})

/** A loop that runs, and what it tells. */
interface Running {
  readonly events: readonly SyncEvent[]
  until(wanted: (event: SyncEvent) => boolean): Promise<SyncEvent>
  end(): Promise<void>
}

function running(device: Device, options: { readonly hints?: WakeSignal; readonly time?: Time } = {}): Running {
  const events: SyncEvent[] = []
  const waiting = new Set<(event: SyncEvent) => void>()
  let seen = 0
  const stop = new AbortController()
  const watch = (event: SyncEvent) => {
    events.push(event)
    for (const tell of [...waiting]) tell(event)
  }
  const ended = new SyncLoop(device.store, device.transport, { ...options, watch, random: () => 0 }).run(stop.signal).catch((error: unknown) => error)
  return {
    events,
    until: (wanted) =>
      new Promise((resolve) => {
        for (const event of events.slice(seen)) {
          seen++
          if (wanted(event)) return resolve(event)
        }
        const tell = (event: SyncEvent) => {
          seen = events.length
          if (!wanted(event)) return
          waiting.delete(tell)
          resolve(event)
        }
        waiting.add(tell)
      }),
    end: async () => {
      stop.abort()
      await ended
    },
  }
}

function never(_milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.reject(reasonOf(signal))
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(reasonOf(signal)), { once: true }))
}

/** A live connection to the fake server, for a device that has none. */
class Live implements LiveConnection {
  isClosed = false
  private readonly world: World
  private sent = 0
  private readonly frames: LiveFrame[] = []
  private wake: (() => void) | undefined

  constructor(world: World, device: Device) {
    this.world = world
    device.transport.openLive = (): Promise<Reply<LiveConnection>> => {
      this.sent = device.mark.base
      this.isClosed = false
      this.frames.length = 0
      this.put({ type: 'welcome', head: world.server.head, history: world.server.history })
      return Promise.resolve(answered<LiveConnection>(this))
    }
  }

  /** Sends on what the log has and the connection had not. */
  tell(): void {
    const { head, log } = this.world.server
    this.put({ type: 'changes', from: this.sent, to: head, changes: log.slice(this.sent) })
    this.sent = head
  }

  put(frame: LiveFrame): void {
    this.frames.push(frame)
    this.wake?.()
  }

  async next(signal: AbortSignal): Promise<LiveFrame> {
    for (;;) {
      const frame = this.frames.shift()
      if (frame !== undefined) return frame
      signal.throwIfAborted()
      await new Promise<void>((resolve, reject) => {
        this.wake = resolve
        signal.addEventListener('abort', () => reject(reasonOf(signal)), { once: true })
      })
    }
  }

  present(): void {
    throw new TypeError('nobody is shown here')
  }

  close(): void {
    this.isClosed = true
  }
}
