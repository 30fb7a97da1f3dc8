import type { ConflictNote, OrganizationId, PullAnswer, TaskId, TaskLine } from '@taskgrid/protocol'
import type { ReplicaMark } from '../store/replica-mark.js'
import type { ReplicaStore } from '../store/replica-store.js'
import type { Time } from '../time.js'
import type { Transport } from '../transport/transport.js'
import { forkReplica } from './new-replica.js'
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
  private readonly watch: Watch

  constructor(store: ReplicaStore, transport: Transport, time: Time, watch: Watch) {
    this.store = store
    this.transport = transport
    this.time = time
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
    const { value: snapshot } = reply
    const conflicts = await this.openConflicts(mark.organization, signal)
    if ('kind' in conflicts) return conflicts
    const missed = mark.history === snapshot.head.history ? await this.missed(mark, () => true, signal) : new MissedEdits()
    await this.store.write((writing) => takeSnapshot(writing, snapshot, conflicts, missed))
    if (mark.history !== null) this.watch({ kind: 'resynced', reason })
    this.watch({ kind: 'pulled', base: snapshot.head.seq, head: snapshot.head.seq })
    return MORE
  }

  /** The digest differs: takes a snapshot, but not over and over; undefined where it was done not long ago [DG2]. */
  async digest(mark: ReplicaMark, signal: AbortSignal): Promise<SyncOutcome | undefined> {
    const now = this.time.now()
    if (now - mark.resyncedAt < AT_MOST_EVERY) {
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

  private async rename(): Promise<SyncOutcome> {
    await this.store.write((writing) => forkReplica(writing, 1))
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
