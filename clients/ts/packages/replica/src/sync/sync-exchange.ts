import { digestText } from '@taskgrid/kernel'
import type { LiveFrame, Problem, PullAnswer, PushAnswer } from '@taskgrid/protocol'
import { EMPTY_EDIT, LIMITS } from '@taskgrid/protocol'
import { newId } from '../ids.js'
import type { OutboxChange } from '../store/outbox-change.js'
import { anew, OUTBOX } from '../store/outbox-change.js'
import type { ReplicaMark } from '../store/replica-mark.js'
import type { ReplicaStore, ReplicaWriting } from '../store/replica-store.js'
import type { Time } from '../time.js'
import { SYSTEM_TIME } from '../time.js'
import type { Transport } from '../transport/transport.js'
import { takeChanges } from './log-intake.js'
import type { FreshId } from './new-replica.js'
import { forkReplica } from './new-replica.js'
import { refuse, takeResults } from './result-intake.js'
import { Resync } from './resync.js'
import { ServerClock } from './server-clock.js'
import type { Watch } from './sync-event.js'
import type { SyncOutcome } from './sync-outcome.js'
import { MORE, outcomeOf, UP_TO_DATE } from './sync-outcome.js'

const PUSH_CHANGES = 500
const PUSH_BYTES = LIMITS.pushBytes - 64 * 1024
const KEEP_DONE = 30 * 24 * 60 * 60_000

/**
 * One exchange with the server: sends what is to be sent, learns what came, and moves the store by it.
 *
 * Whoever calls it leads the store, so that a replica has one push in flight. It may die between any two steps: changes are marked as sent
 * before they are, and each answer is taken in by one transaction, so the next exchange goes on from whatever is there.
 */
export class SyncExchange {
  private readonly store: ReplicaStore
  private readonly transport: Transport
  private readonly time: Time
  private readonly watch: Watch
  private readonly freshId: FreshId
  private readonly clock: ServerClock
  private readonly resync: Resync
  private most = PUSH_CHANGES

  constructor(store: ReplicaStore, transport: Transport, time: Time = SYSTEM_TIME, watch: Watch = () => undefined, freshId: FreshId = newId) {
    this.store = store
    this.transport = transport
    this.time = time
    this.watch = watch
    this.freshId = freshId
    this.clock = new ServerClock(time)
    this.resync = new Resync(store, transport, time, freshId, watch)
  }

  /** One exchange. With nothing to send, the server may hold its answer back for a while. */
  async run(waitSeconds: number, signal: AbortSignal): Promise<SyncOutcome> {
    const mark = this.store.read((reading) => reading.mark)
    const without = mark.quarantined ? await this.resync.access(signal) : undefined
    if (without !== undefined) return without
    if ((mark.base === 0 && mark.history === null) || mark.quarantined || mark.evicted) return this.resync.run(mark.quarantined ? 'you are a member again' : 'first sync', signal)
    const sending = await this.store.write((writing) => this.markSent(writing))
    return sending.length > 0 ? this.push(mark, sending, signal) : this.pull(mark, waitSeconds, signal)
  }

  /** Takes in a frame of a live connection; false where there is a gap and a pull is needed [LV3]. */
  async takeLive(frame: Extract<LiveFrame, { readonly type: 'changes' }>): Promise<boolean> {
    const taken = await this.store.write((writing) => takeChanges(writing, frame.from, frame.to, frame.changes))
    if (taken) this.watch({ kind: 'pulled', base: frame.to, head: frame.to })
    return taken
  }

  /** From here on none of these alters a byte; on disk before the first byte of the request. */
  private markSent(writing: ReplicaWriting): readonly OutboxChange[] {
    const rows = writing.toSend(writing.mark.replica, this.most, PUSH_BYTES)
    for (const row of rows) if (row.state === OUTBOX.unsent) writing.replace({ ...row, state: OUTBOX.sent, sentAt: this.serverNow(writing.mark) })
    return rows
  }

  private async push(mark: ReplicaMark, rows: readonly OutboxChange[], signal: AbortSignal): Promise<SyncOutcome> {
    const { organization, replica, history, base: since } = mark
    const begun = this.clock.begin()
    const reply = await this.transport.push({ organization, replica, history, since, changes: rows.map((row) => row.raw) }, signal)
    if (reply.kind === 'answered') {
      this.clock.end(begun, reply.value.serverTime)
      this.most = PUSH_CHANGES
      return this.take(mark, reply.value, signal)
    }
    if (reply.kind !== 'refused') return outcomeOf(reply)
    const { problem, retryAfter } = reply
    return problem.status === 400 || problem.status === 413 ? this.halve(rows, problem) : this.refused(problem, retryAfter, rows, signal)
  }

  private async take(mark: ReplicaMark, answer: PushAnswer, signal: AbortSignal): Promise<SyncOutcome> {
    const page = answer.pull
    // The states of whole tasks need their missed edits first; the answers need not wait for that.
    const changes = page?.states === undefined ? page : undefined
    const { refused, left, fits } = await this.store.write((writing) => {
      const refused = takeResults(writing, mark.replica, answer.results, this.time.now(), answer.serverTime)
      const fits = changes === undefined || takeChanges(writing, changes.from, changes.to, changes.changes)
      this.keepTime(writing, answer.history)
      return { refused, left: writing.unanswered(), fits }
    })
    this.watch({ kind: 'pushed', answered: answer.results.length, left })
    if (refused > 0) this.watch({ kind: 'rejected', count: refused })
    if (page === undefined || !fits) return MORE
    return page.states === undefined ? this.afterPull(page, signal) : this.states(page, signal)
  }

  private async pull(mark: ReplicaMark, waitSeconds: number, signal: AbortSignal): Promise<SyncOutcome> {
    const { organization, replica, history, base: since } = mark
    const begun = this.clock.begin()
    const reply = await this.transport.pull({ organization, replica, history, since, waitSeconds }, signal)
    if (reply.kind === 'refused') return this.refused(reply.problem, reply.retryAfter, [], signal)
    if (reply.kind !== 'answered') return outcomeOf(reply)
    const answer = reply.value
    if (waitSeconds === 0) this.clock.end(begun, answer.serverTime)
    if (answer.states !== undefined) return this.states(answer, signal)
    await this.store.write((writing) => {
      this.keepTime(writing, answer.history)
      return takeChanges(writing, answer.from, answer.to, answer.changes)
    })
    return this.afterPull(answer, signal)
  }

  private async afterPull(answer: PullAnswer, signal: AbortSignal): Promise<SyncOutcome> {
    this.watch({ kind: 'pulled', base: answer.to, head: answer.head })
    const [mark, left] = this.store.read((reading) => [reading.mark, reading.unanswered()] as const)
    if (answer.digest !== undefined && mark.base === answer.to && digestText(mark.digest) !== answer.digest)
      return (await this.resync.digest(mark, signal)) ?? UP_TO_DATE
    if (answer.more || left > 0) return MORE
    await this.store.write((writing) => {
      writing.putMark({ ...writing.mark, syncedAt: this.time.now() })
      writing.prune(this.serverNow(writing.mark) - KEEP_DONE)
    })
    this.watch(UP_TO_DATE)
    return UP_TO_DATE
  }

  /** The server's time as estimated: a device's clock that is years off must not make it forget. */
  private serverNow(mark: ReplicaMark): number {
    return this.time.now() + mark.clockOffset
  }

  private async states(answer: PullAnswer, signal: AbortSignal): Promise<SyncOutcome> {
    return (await this.resync.states(answer, signal)) ?? this.afterPull(answer, signal)
  }

  private keepTime(writing: ReplicaWriting, history: string): void {
    writing.putMark({ ...writing.mark, history, clockOffset: this.clock.offset ?? writing.mark.clockOffset })
  }

  private async refused(problem: Problem, retryAfter: number | undefined, rows: readonly OutboxChange[], signal: AbortSignal): Promise<SyncOutcome> {
    const wait = retryAfter === undefined ? {} : { retryAfter }
    switch (problem.code) {
      case 'resync':
        return this.resync.run("the server's log is not the one that this store knows", signal)
      case 'not_found':
        return (await this.resync.access(signal)) ?? { kind: 'not-now', detail: 'the server does not find the organization', ...wait }
      case 'replica_forked':
        if (problem.n !== undefined) return this.forked(rows, problem.n)
        break
      case 'replica_taken':
        return this.renamed('the replica id belongs to another user', rows[0]?.origin.n)
      case 'gap':
        if (problem.expected !== undefined) return this.gap(problem.expected)
        break
      default:
    }
    return outcomeOf({ kind: 'refused', problem, ...wait })
  }

  /** What both copies made before they parted is asked for by itself: its answers are ours as well. */
  private async forked(rows: readonly OutboxChange[], n: number): Promise<SyncOutcome> {
    const shared = n - (rows[0]?.origin.n ?? n)
    if (shared === 0) return this.renamed('another copy of this profile is in use', n)
    this.most = shared
    return MORE
  }

  /** The server expects an earlier change: it is sent again where it is still kept, else the rest goes on as a new replica. */
  private async gap(expected: number): Promise<SyncOutcome> {
    await this.store.write((writing) => {
      const rows = writing.from(writing.mark.replica, expected)
      if (rows[0]?.origin.n !== expected) forkReplica(writing, this.freshId, expected)
      else
        for (const row of rows)
          if (row.state >= OUTBOX.answered) writing.replace({ ...row, state: OUTBOX.sent, ...(row.shown === undefined ? {} : { shown: EMPTY_EDIT }) })
    })
    return MORE
  }

  private async renamed(reason: string, from: number | undefined): Promise<SyncOutcome> {
    await this.store.write((writing) => forkReplica(writing, this.freshId, from ?? writing.mark.nextN))
    this.watch({ kind: 'renamed', reason })
    return MORE
  }

  /** Finds the change that the server cannot take, by halves; that one is refused here, and its number used up [PU12]. */
  private async halve(rows: readonly OutboxChange[], problem: Problem): Promise<SyncOutcome> {
    const [row] = rows
    const detail = problem.detail ?? problem.title
    if (row === undefined || row.change.op === 'void') return { kind: 'refused', code: problem.code, detail }
    if (rows.length > 1) {
      this.most = Math.floor(rows.length / 2)
      return MORE
    }
    const { n, at, clock } = row.change
    await this.store.write((writing) => {
      refuse(writing, row, problem.code, detail, this.time.now())
      const { place: _place, task: _task, ...instead } = anew(row, row.origin, { n, at, clock, op: 'void' }, undefined)
      writing.append(instead)
    })
    this.most = PUSH_CHANGES
    this.watch({ kind: 'rejected', count: 1 })
    return MORE
  }
}
