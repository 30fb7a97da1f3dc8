import type { LiveFrame, Place } from '@taskgrid/protocol'
import type { ReplicaStore } from '../store/replica-store.js'
import type { Time } from '../time.js'
import { SYSTEM_TIME } from '../time.js'
import type { LiveConnection, Transport } from '../transport/transport.js'
import { Backoff } from './backoff.js'
import { whenUnanswered } from './local-writes.js'
import type { Watch } from './sync-event.js'
import { SyncExchange } from './sync-exchange.js'
import type { SyncOutcome } from './sync-outcome.js'
import { WakeSignal } from './wake-signal.js'

const POLL_SECONDS = 30
const STEADY = 30_000

/** What a loop may be given beside its store and its transport. */
export interface SyncLoopOptions {
  readonly time?: Time
  readonly random?: () => number
  readonly watch?: Watch
  /** Ends a wait early: the network may be back. */
  readonly hints?: WakeSignal
}

/**
 * Keeps a store and its server together for as long as it runs: sends local writes as they come, learns of others' live, or by long polling
 * where no live connection can be held, and waits out what does not work.
 */
export class SyncLoop {
  private readonly store: ReplicaStore
  private readonly transport: Transport
  private readonly time: Time
  private readonly watch: Watch
  private readonly hints: WakeSignal
  private readonly exchange: SyncExchange
  private readonly backoff: Backoff
  private readonly liveBackoff: Backoff
  private liveEndedAt = 0
  private liveAgainAfter = 0
  private live: LiveConnection | undefined

  constructor(store: ReplicaStore, transport: Transport, options: SyncLoopOptions = {}) {
    const { time = SYSTEM_TIME, random = Math.random, watch = () => undefined, hints = new WakeSignal() } = options
    this.store = store
    this.transport = transport
    this.time = time
    this.watch = watch
    this.hints = hints
    this.exchange = new SyncExchange(store, transport, time, watch)
    this.backoff = new Backoff(random)
    this.liveBackoff = new Backoff(random)
  }

  /** Runs until the signal aborts (then it throws its reason), or until only a person can help; answers with what that is. */
  async run(signal: AbortSignal): Promise<SyncOutcome> {
    const lead = await this.store.lead(signal)
    try {
      this.watch({ kind: 'leading' })
      return await this.lead(signal)
    } finally {
      lead.release()
    }
  }

  /** Tells the others where one is at work, where a live connection stands [LV6]. */
  present(place: Place): void {
    this.live?.present(place)
  }

  private async lead(signal: AbortSignal): Promise<SyncOutcome> {
    for (;;) {
      const outcome = await this.exchange.run(0, signal)
      switch (outcome.kind) {
        case 'more':
          this.backoff.reset()
          break
        case 'up-to-date':
          this.backoff.reset()
          await this.idle(signal)
          break
        case 'not-now': {
          const wait = this.backoff.next(outcome.retryAfter)
          this.watch({ kind: 'retrying', detail: outcome.detail, in: wait })
          await firstOf(signal, (ending) => this.time.delay(wait, ending), (ending) => this.hints.wait(ending))
          break
        }
        default:
          return outcome
      }
    }
  }

  /** Waits for a local write or for news; a pull or push follows either way. */
  private async idle(signal: AbortSignal): Promise<void> {
    const isTime = this.time.elapsed() - this.liveEndedAt >= this.liveAgainAfter
    const live = isTime ? await this.openLive(signal) : undefined
    // A pull that is cut off because there is something to send changes nothing.
    if (live === undefined) return firstOf(signal, (ending) => this.exchange.run(POLL_SECONDS, ending), (ending) => whenUnanswered(this.store, ending))
    const opened = this.time.elapsed()
    try {
      this.live = live
      await this.follow(live, signal)
    } finally {
      this.live = undefined
      live.close()
    }
    // One that is thrown out over and over asks more and more seldom; polling brings the news as well.
    if (this.time.elapsed() - opened >= STEADY) this.liveBackoff.reset()
    this.awaitLive()
  }

  private async openLive(signal: AbortSignal): Promise<LiveConnection | undefined> {
    const { organization, replica, base: since, history } = this.store.read((reading) => reading.mark)
    const reply = await this.transport.openLive({ organization, replica, since, history }, signal)
    if (reply.kind === 'answered') return reply.value
    this.awaitLive()
    return undefined
  }

  /** By elapsed time: a clock that is set back must not keep the device from live news until then. */
  private awaitLive(): void {
    this.liveEndedAt = this.time.elapsed()
    this.liveAgainAfter = this.liveBackoff.next()
  }

  /** Takes frames in until the connection ends or something does not fit; local writes are sent in between. */
  private async follow(live: LiveConnection, signal: AbortSignal): Promise<void> {
    const done = new AbortController()
    const ending = AbortSignal.any([signal, done.signal])
    let writes = whenUnanswered(this.store, ending)
    let frame = live.next(ending)
    try {
      for (;;) {
        const next = await Promise.race([frame, writes])
        if (next !== undefined) {
          if (!(await this.takeFrame(next))) return
          frame = live.next(ending)
          continue
        }
        const { kind } = await this.exchange.run(0, signal)
        // Its outcome shows again in the next exchange of the loop; here only a good one keeps the connection.
        if (kind !== 'more' && kind !== 'up-to-date') return
        writes = whenUnanswered(this.store, ending)
      }
    } finally {
      done.abort()
      await Promise.allSettled([writes, frame])
    }
  }

  /** False where the connection is of no more use. */
  private async takeFrame(frame: LiveFrame): Promise<boolean> {
    switch (frame.type) {
      case 'welcome':
        this.watch({ kind: 'live', up: true })
        return true
      case 'changes':
        return this.exchange.takeLive(frame)
      case 'presence': {
        const { type: _type, ...presence } = frame
        this.watch({ kind: 'presence', ...presence })
        return true
      }
      case 'closed':
        this.watch({ kind: 'live', up: false })
        return false
      default:
        return true
    }
  }
}

/** Runs both until one completes, then ends the other. That the other was cut off is expected. */
async function firstOf(signal: AbortSignal, ...all: readonly ((ending: AbortSignal) => Promise<unknown>)[]): Promise<void> {
  const done = new AbortController()
  const ending = AbortSignal.any([signal, done.signal])
  const running = all.map((start) => start(ending))
  try {
    await Promise.race(running)
  } finally {
    done.abort()
    await Promise.allSettled(running)
  }
}
