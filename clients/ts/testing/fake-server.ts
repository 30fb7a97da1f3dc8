import type { ObservedSet, Register, TextLogEntry } from '@taskgrid/kernel'
import {
  digestTerm, digestText, EMPTY_REGISTER, foldTask, followDigest, holdStamp, integrateEdit, removeObserved, touchedBy, writeRegister,
} from '@taskgrid/kernel'
import type {
  CanonicalChange, Change, ChangeResult, Effect, MemberChange, Origin, PullAnswer, PushAnswer, ReplicaId, Role, Stamp, TaskId, TaskLine, TextHistory, UserId,
} from '@taskgrid/protocol'
import { readCanonicalChange, readChange, stampOf, stampText, timeText, tryCanonicalText } from '@taskgrid/protocol'
import type { PullRequest, PushRequest, Reply, Snapshot } from '@taskgrid/replica'
import { answered, newId } from '@taskgrid/replica'

/** Why a change is refused. */
export interface Refused {
  readonly code: string
  readonly detail: string
}

interface Receipt {
  readonly canonical: string
  readonly result: ChangeResult
}

/** The protocol's log in memory, honest where a client can tell: numbers, receipts, forks, merging, rejections, digest. */
export class FakeServer {
  readonly organization = newId()
  readonly members = new Set<UserId>()
  /** What the next changes are refused for, if anything. */
  refuses: (change: Change) => Refused | undefined = () => undefined
  /** Whether it answers with whole tasks instead of changes, which it may [PL8]. */
  answersStates = false
  history = 'h1'
  log: CanonicalChange[] = []
  tasks = new Map<TaskId, TaskLine>()
  private texts = new Map<string, TextLogEntry[]>()
  private registers = new Map<string, Register>()
  private sets = new Map<string, ObservedSet>()
  private receipts = new Map<string, Receipt>()
  private last = new Map<ReplicaId, number>()

  get head(): number {
    return this.log.length
  }

  get digest(): string {
    return digestText([...this.tasks.values()].reduce((sum, line) => followDigest(sum, 0n, digestTerm(line)), 0n))
  }

  join(user: UserId, name: string, role: Role): void {
    this.members.add(user)
    this.commitMember({ op: 'member', member: user, name, role })
  }

  remove(user: UserId): void {
    this.members.delete(user)
    this.commitMember({ op: 'member', member: user, name: '', role: null })
  }

  /** Goes back to an earlier seq, as a restored backup does: a new history. */
  restoreBackupOf(seq: number): void {
    const kept = this.log.slice(0, seq)
    this.log = []
    for (const map of [this.tasks, this.texts, this.registers, this.sets, this.receipts, this.last]) map.clear()
    this.history += "'"
    for (const change of kept) this.replay(change)
  }

  push(user: UserId, request: PushRequest): Reply<PushAnswer> {
    const changes = request.changes.map(parse)
    if ((request.history !== null && request.history !== this.history) || changes.some((change) => change.clock.base > this.head)) return refused(410, 'resync')
    const expected = (this.last.get(request.replica) ?? 0) + 1
    if ((changes[0]?.n ?? 0) > expected) return refused(409, 'gap', { expected })
    for (const [i, { n }] of changes.entries()) {
      const receipt = this.receipts.get(`${request.replica}/${n}`)
      if (receipt !== undefined && receipt.canonical !== canonicalOf(request.changes[i])) return refused(409, 'replica_forked', { n })
    }
    const refusedFields = new Set<string>()
    const results = changes.map((change, i) => this.take(user, request.replica, change, canonicalOf(request.changes[i]), refusedFields))
    return answered({ results, head: this.head, history: this.history, serverTime: now(), pull: this.page(request.replica, request.since) })
  }

  pull(request: PullRequest): Reply<PullAnswer> {
    if (request.since > this.head || (request.history !== null && request.history !== this.history)) return refused(410, 'resync')
    return answered(this.page(request.replica, request.since))
  }

  snapshot(replica: ReplicaId): Snapshot {
    const lines = [...this.tasks.values()]
    const members = new Map(this.log.flatMap((change) => (change.op === 'member' ? [[change.member, change]] : [])))
    return {
      head: { seq: this.head, count: lines.length, taken: this.last.get(replica) ?? 0, digest: this.digest, history: this.history },
      definitions: [],
      members: [...members.values()].flatMap(({ member, name, role }) => (role === null ? [] : [{ kind: 'member' as const, member, name, role }])),
      tasks: lines.map((line) => ({ line, term: digestTerm(line) })),
    }
  }

  text(task: TaskId, field: string, since: number): TextHistory {
    const entries = (this.texts.get(`${task}/${field}`) ?? []).filter((entry) => entry.seq > since)
    return {
      edits: entries.map(({ seq, origin, applied }) => ({ seq, replica: origin?.replica ?? null, n: origin?.n ?? null, edit: applied })),
      to: this.head,
    }
  }

  private page(replica: ReplicaId, since: number): PullAnswer {
    const changes = this.log.slice(since)
    const page = {
      from: since, to: this.head, head: this.head, more: false, taken: this.last.get(replica) ?? 0, digest: this.digest, history: this.history, serverTime: now(),
    }
    if (!this.answersStates) return { ...page, changes }
    const touched = new Set(changes.flatMap(touchedBy))
    const states = [...touched].flatMap((task) => this.tasks.get(task) ?? [])
    return { ...page, changes: changes.filter(({ op }) => op === 'member' || op === 'define'), states }
  }

  private take(user: UserId, replica: ReplicaId, change: Change, canonical: string, refusedFields: Set<string>): ChangeResult {
    const key = `${replica}/${change.n}`
    const field = change.op === 'text' ? `${change.task}/${change.field}` : undefined
    const known = this.receipts.get(key)
    // [PU11]
    const dependent = field !== undefined && refusedFields.has(field)
    const result = known?.result ?? (dependent ? { n: change.n, status: 'rejected', code: 'dependent' } : this.decide(user, { replica, n: change.n }, change))
    if (known === undefined) {
      this.last.set(replica, change.n)
      this.receipts.set(key, { canonical, result })
    }
    if (result.status === 'rejected' && field !== undefined) refusedFields.add(field)
    return result
  }

  private decide(user: UserId, origin: Origin, change: Change): ChangeResult {
    const { n } = change
    const refusal = this.refuses(change)
    if (refusal !== undefined) return { n, status: 'rejected', ...refusal }
    if (change.op === 'create' && this.tasks.has(change.task)) return { n, status: 'rejected', code: 'exists' }
    if (change.op !== 'create' && 'task' in change && !this.tasks.has(change.task)) return { n, status: 'rejected', code: 'unknown' }
    if (change.op === 'resolve') return { n, status: 'rejected', code: 'unknown' }
    const held = holdStamp(stampOf(change.at), Date.now())
    const { merged, effect, at } = this.merge(origin, change, held)
    const adjusted = stampText(at)
    this.commit({
      ...merged, seq: this.head + 1, ...origin, user, time: now(), at: adjusted, ...(adjusted === change.at ? {} : { atSent: change.at }),
      ...(effect === undefined ? {} : { effect }),
    })
    return { n, status: effect === undefined && merged === change ? 'accepted' : 'merged', seq: this.head, at: adjusted }
  }

  private merge(origin: Origin, change: Exclude<Change, { op: 'resolve' }>, at: Stamp): { merged: typeof change; effect?: Effect; at: Stamp } {
    const key = 'field' in change ? `${change.task}/${change.field}` : ''
    const seq = this.head + 1
    switch (change.op) {
      case 'text': {
        const entries = this.texts.get(key) ?? []
        const edit = integrateEdit(entries, origin, change.clock, change.edit)
        entries.push({ seq, origin, clock: change.clock, sent: change.edit, applied: edit })
        return { merged: { ...change, edit }, at }
      }
      case 'set': {
        const write = writeRegister(this.registers.get(key) ?? EMPTY_REGISTER, { seq, origin, at, value: change.value }, change.clock)
        this.registers.set(key, write.next)
        return { merged: change, at: write.entry.at, ...(write.applied ? {} : { effect: { applied: false } }) }
      }
      case 'add':
        this.sets.set(key, [...(this.sets.get(key) ?? []), { value: change.value, seq, origin }])
        return { merged: change, at }
      case 'remove': {
        const [next, gone] = removeObserved(this.sets.get(key) ?? [], change.value, origin, change.clock)
        this.sets.set(key, next)
        return { merged: change, at, ...(gone ? {} : { effect: { applied: false } }) }
      }
      default:
        return { merged: change, at }
    }
  }

  private commitMember(body: MemberChange): void {
    this.commit({ ...body, seq: this.head + 1, replica: null, n: null, user: body.member, time: now(), at: `${now()}/0000` })
  }

  /** Through JSON, as every client gets it. */
  private commit(change: CanonicalChange): void {
    this.fold(readCanonicalChange(JSON.parse(JSON.stringify(change))))
  }

  private fold(change: CanonicalChange): void {
    this.log.push(change)
    if (change.op === 'create') for (const field of ['title', 'description']) this.texts.set(`${change.task}/${field}`, [])
    for (const task of touchedBy(change)) {
      const line = foldTask(this.tasks.get(task), change, task)
      if (line !== undefined) this.tasks.set(task, line)
    }
  }

  /** Texts after a restored backup start from the log that is left: enough for what the clients are asked here. */
  private replay(change: CanonicalChange): void {
    this.fold(change)
    const { replica, n } = change
    if (replica !== null && n !== null) this.last.set(replica, Math.max(this.last.get(replica) ?? 0, n))
    if (change.op === 'text')
      this.texts.get(`${change.task}/${change.field}`)?.push({
        seq: change.seq, origin: replica === null || n === null ? null : { replica, n }, clock: change.clock ?? { base: 0 }, sent: change.edit, applied: change.edit,
      })
  }
}

/** A refusal of a whole request. */
export function refused(status: number, code: string, more: { readonly expected?: number; readonly n?: number } = {}): Extract<Reply<never>, { kind: 'refused' }> {
  return { kind: 'refused', problem: { status, code, title: code, ...more } }
}

function now(): string {
  return timeText(Date.now())
}

function parse(raw: string): Change {
  const reading = readChange(JSON.parse(raw))
  if ('fault' in reading) throw new TypeError(reading.fault)
  return reading.change
}

function canonicalOf(raw: string | undefined): string {
  const reading = tryCanonicalText(raw ?? '')
  if ('fault' in reading) throw new TypeError(reading.fault)
  return reading.canonical
}
