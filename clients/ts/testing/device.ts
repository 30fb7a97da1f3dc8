import { editBetween } from '@taskgrid/kernel'
import type { ChangeBody, CommentId, LiveFrame, Origin, TaskId, TaskLine, TextField, UserId } from '@taskgrid/protocol'
import type { OutboxChange, RejectedChange, ReplicaMark, ReplicaStore, SyncOutcome } from '@taskgrid/replica'
import { newId, Replica, shownTask, SyncExchange } from '@taskgrid/replica'
import { CrashingStore } from './crashing-store.js'
import type { FakeServer } from './fake-server.js'
import { FakeTransport } from './fake-transport.js'

const NEVER = new AbortController().signal

/** One device of one user: a store, a replica and its way to the server. */
export class Device {
  readonly user: UserId
  readonly store: CrashingStore
  readonly transport: FakeTransport
  readonly replica: Replica
  exchange: SyncExchange

  constructor(server: FakeServer, user: UserId, store: ReplicaStore) {
    this.user = user
    this.store = new CrashingStore(store)
    this.transport = new FakeTransport(server, user)
    this.replica = new Replica(this.store)
    this.exchange = new SyncExchange(this.store, this.transport)
  }

  get mark(): ReplicaMark {
    return this.store.read((reading) => reading.mark)
  }

  get rejected(): readonly RejectedChange[] {
    return this.store.read((reading) => reading.rejected())
  }

  get pending(): readonly OutboxChange[] {
    return this.store.read((reading) => reading.pending())
  }

  /** What a restarted process has: the same store, nothing in memory. */
  restart(): void {
    this.exchange = new SyncExchange(this.store, this.transport)
  }

  async sync(): Promise<SyncOutcome> {
    for (;;) {
      const outcome = await this.exchange.run(0, NEVER)
      if (outcome.kind !== 'more') return outcome
    }
  }

  takeLive(frame: Omit<Extract<LiveFrame, { type: 'changes' }>, 'type'>): Promise<boolean> {
    return this.exchange.takeLive({ type: 'changes', ...frame })
  }

  async write(body: ChangeBody): Promise<Origin> {
    const outcome = await this.replica.write([body])
    const [origin] = outcome.kind === 'written' ? outcome.origins : []
    if (origin === undefined) throw new TypeError(JSON.stringify(outcome))
    return origin
  }

  async create(title: string, description = ''): Promise<TaskId> {
    const task = newId()
    await this.write({ op: 'create', task, values: { title, description } })
    return task
  }

  async comment(task: TaskId, body: string): Promise<CommentId> {
    const comment = newId()
    await this.write({ op: 'comment', task, comment, body })
    return comment
  }

  type(task: TaskId, field: TextField, text: string): Promise<Origin> {
    return this.write({ op: 'text', task, field, edit: editBetween(this.shown(task)[field], text) })
  }

  /** The task as its user sees it; it must be there. */
  shown(task: TaskId): TaskLine {
    const line = this.store.read((reading) => shownTask(reading, task))
    if (line === undefined) throw new TypeError('no such task')
    return line
  }

  moveMark(move: Partial<ReplicaMark>): Promise<void> {
    return this.store.write((writing) => writing.putMark({ ...writing.mark, ...move }))
  }
}
