import type { ConflictNote, OrganizationId, PullAnswer, ReplicaId, SnapshotHead, TaskId, TaskLine } from '@taskgrid/protocol'
import type { ReplicaMark } from '../store/replica-mark.js'
import type { ReplicaStore } from '../store/replica-store.js'
import type { Time } from '../time.js'
import type { Snapshot, Transport } from '../transport/transport.js'
import type { FreshId } from './new-replica.js'
import { forkReplica } from './new-replica.js'
import type { Held } from './reoffer.js'
import { takeResults } from './result-intake.js'
import type { Watch } from './sync-event.js'
import type { SyncOutcome } from './sync-outcome.js'
import { MORE, outcomeOf } from './sync-outcome.js'
import { MissedEdits, pendingFields, takeSnapshot, takeStates } from './whole-states.js'

const AT_MOST_EVERY = 10 * 60_000

/** Takes whole states over: the first sync, a log that is not the one known, a digest that differs, lost and regained access. */
export class Resync {
  private readonly store: ReplicaStore
  private readonly transport: Transport
  private readonly time: Time
  private readonly freshId: FreshId
  private readonly watch: Watch

  constructor(store: ReplicaStore, transport: Transport, time: Time, freshId: FreshId, watch: Watch) {
    this.store = store
    this.transport = transport
    this.time = time
    this.freshId = freshId
    this.watch = watch
  }

  /** Takes a snapshot over, in one transaction. */
  async run(reason: string, signal: AbortSignal): Promise<SyncOutcome> {
    const mark = this.store.read((reading) => reading.mark)
    const progress = (done: number, total: number) => this.watch({ kind: 'loading', done, total })
    const reply = await this.transport.snapshot(mark.organization, mark.replica, progress, signal)
    if (reply.kind !== 'answered') {
      const code = reply.kind === 'refused' ? reply.problem.code : undefined
      if (code === 'not_found') return (await this.access(signal)) ?? { kind: 'not-now', detail: 'the server does not find the organization' }
      return code === 'replica_taken' ? this.rename() : outcomeOf(reply)
    }
    const conflicts = await this.openConflicts(mark.organization, signal)
    if ('kind' in conflicts) return conflicts
    const failed = await this.take(mark, reply.value, conflicts, signal)
    if (failed !== undefined) return failed
    const { head } = reply.value
    if (mark.history !== null) this.watch({ kind: 'resynced', reason })
    this.watch({ kind: 'pulled', base: head.seq, head: head.seq })
    return MORE
  }

  /** The digest differs: takes a snapshot, but not over and over; undefined where it was done not long ago [DG2]. */
  async digest(mark: ReplicaMark, signal: AbortSignal): Promise<SyncOutcome | undefined> {
    const now = this.time.now()
    // A clock that was set back must not put it off for years.
    if (now >= mark.resyncedAt && now - mark.resyncedAt < AT_MOST_EVERY) {
      this.watch({ kind: 'digest-differs' })
      return undefined
    }
    await this.store.write((writing) => writing.putMark({ ...writing.mark, resyncedAt: now }))
    return this.run("the digest of the state differs from the server's", signal)
  }

  /** Takes the states of some tasks over, all pages in one transaction; undefined if that worked. */
  async states(first: PullAnswer, signal: AbortSignal): Promise<SyncOutcome | undefined> {
    const mark = this.store.read((reading) => reading.mark)
    const { organization, replica, history, base: since } = mark
    const states: TaskLine[] = [...(first.states ?? [])]
    for (let after = first.next; after !== undefined; ) {
      const reply = await this.transport.pull({ organization, replica, history, since, after }, signal)
      if (reply.kind !== 'answered') return outcomeOf(reply)
      const page = reply.value
      if (page.to !== first.to || page.states === undefined) return MORE
      states.push(...page.states)
      after = page.next
    }
    const touched = new Set(states.map((line) => line.id))
    const missed = await this.missed(mark, (task) => touched.has(task), signal)
    const conflicts = await this.openConflicts(organization, signal)
    if ('kind' in conflicts) return conflicts
    return this.store.write((writing) => {
      for (const note of conflicts) writing.putConflict(note)
      return takeStates(writing, first, states, missed) ? undefined : MORE
    })
  }

  /**
   * Says whether access is lost: only if the server also names all organizations, and this one is not among them [AC5]. Undefined if the
   * user is a member.
   */
  async access(signal: AbortSignal): Promise<SyncOutcome | undefined> {
    const reply = await this.transport.me(signal)
    if (reply.kind !== 'answered') return outcomeOf(reply)
    const mark = this.store.read((reading) => reading.mark)
    if (reply.value.organizations.some(({ id }) => id === mark.organization)) return undefined
    if (!mark.quarantined)
      await this.store.write((writing) => {
        writing.clearConfirmed()
        writing.putMark({ ...writing.mark, quarantined: true })
      })
    return { kind: 'access-lost' }
  }

  /** Takes a snapshot that came; undefined if that worked. */
  private async take(mark: ReplicaMark, snapshot: Snapshot, conflicts: readonly ConflictNote[], signal: AbortSignal): Promise<SyncOutcome | undefined> {
    const { head } = snapshot
    // A store that never synced has seen nothing of whatever log there is.
    if (mark.history === null || mark.history === head.history) {
      const missed = await this.missed(mark, () => true, signal)
      await this.store.write((writing) => takeSnapshot(writing, this.freshId, snapshot, { conflicts, missed }))
      return undefined
    }
    const held = await this.held(mark, head, signal)
    if ('kind' in held) return held
    const known = { ...snapshot, head: { ...head, taken: held.get(mark.replica) ?? 0 } }
    await this.store.write((writing) => takeSnapshot(writing, this.freshId, known, { conflicts, missed: new MissedEdits(), held }))
    return undefined
  }

  /** How far a log that came back from a backup holds what this store sent, for each replica that it ever was. */
  private async held(mark: ReplicaMark, { history, seq: since, taken }: SnapshotHead, signal: AbortSignal): Promise<Held | SyncOutcome> {
    const held = new Map<ReplicaId, number>()
    const { organization } = mark
    for (const replica of this.store.read((reading) => reading.replicas())) {
      if (replica === mark.replica) continue
      const reply = await this.transport.pull({ organization, replica, history, since }, signal)
      if (reply.kind !== 'answered') return outcomeOf(reply)
      held.set(replica, reply.value.taken)
    }
    const own = await this.ownHeld(mark, { history, since, taken }, signal)
    return typeof own === 'number' ? held.set(mark.replica, own) : own
  }

  /**
   * Up to which number the changes of a log come back from a backup are this store's. The log's own word covers what was answered. What was
   * not may be another copy's under the same numbers [PU8], so it is asked for by its content: that takes nothing new in.
   */
  private async ownHeld(
    { organization, replica }: ReplicaMark, log: { readonly history: string; readonly since: number; readonly taken: number }, signal: AbortSignal,
  ): Promise<number | SyncOutcome> {
    const unanswered = this.store.read((reading) => reading.toSend(replica, Infinity, Infinity)).filter(({ origin }) => origin.n <= log.taken)
    // One that has seen more than the log holds is not in it, and nothing after it is.
    const first = unanswered.find(({ change }) => change.clock.base > log.since)
    const asked = first === undefined ? unanswered : unanswered.slice(0, unanswered.indexOf(first))
    const most = first === undefined ? log.taken : first.origin.n - 1
    if (asked.length === 0) return most
    const { history, since } = log
    const reply = await this.transport.push({ organization, replica, history, since, changes: asked.map(({ raw }) => raw) }, signal)
    if (reply.kind === 'answered') {
      const { results, serverTime } = reply.value
      await this.store.write((writing) => takeResults(writing, replica, results, this.time.now(), serverTime))
      return most
    }
    const forked = reply.kind === 'refused' && reply.problem.code === 'replica_forked' ? reply.problem.n : undefined
    return forked === undefined ? outcomeOf(reply) : forked - 1
  }

  private async rename(): Promise<SyncOutcome> {
    await this.store.write((writing) => forkReplica(writing, this.freshId, 1))
    this.watch({ kind: 'renamed', reason: 'the replica id belongs to another user' })
    return MORE
  }

  /** What the changes in between did to texts with pending edits. Where the server cannot say, the texts' difference must do. */
  private async missed(mark: ReplicaMark, concerned: (task: TaskId) => boolean, signal: AbortSignal): Promise<MissedEdits> {
    const missed = new MissedEdits()
    for (const { task, field } of this.store.read(pendingFields)) {
      if (!concerned(task)) continue
      const reply = await this.transport.text(mark.organization, task, field, mark.base, signal)
      if (reply.kind === 'answered') missed.add({ task, field }, reply.value)
    }
    return missed
  }

  private async openConflicts(organization: OrganizationId, signal: AbortSignal): Promise<readonly ConflictNote[] | SyncOutcome> {
    const notes: ConflictNote[] = []
    for (let after: string | undefined; ; ) {
      const reply = await this.transport.conflicts(organization, true, after, signal)
      if (reply.kind !== 'answered') return outcomeOf(reply)
      notes.push(...reply.value.conflicts)
      after = reply.value.next
      if (after === undefined) return notes
    }
  }
}
