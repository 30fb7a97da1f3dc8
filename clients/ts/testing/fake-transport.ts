import { touchedBy } from '@taskgrid/kernel'
import type { ConflictPage, HistoryPage, Me, PullAnswer, PushAnswer, TextHistory, UserId } from '@taskgrid/protocol'
import type { LiveConnection, PullRequest, PushRequest, Reply, Snapshot, Transport } from '@taskgrid/replica'
import { answered } from '@taskgrid/replica'
import type { FakeServer } from './fake-server.js'
import { refused } from './fake-server.js'

/** Where a request is cut off. */
export type Cut = 'none' | 'before-arrival' | 'answer-lost'

/** One user's way to the fake server, which can be cut. */
export class FakeTransport implements Transport {
  /** How many requests there were. */
  requests = 0
  /** Cuts the request with this number (from 1), if any. */
  cutAt = 0
  how: Cut = 'none'
  offline = false
  /** How many characters of changes a push may have. */
  most = Infinity
  readonly pushes: PushRequest[] = []
  /** Runs between a push's arrival and its answer: what its user would do there. */
  duringPush: (() => Promise<unknown>) | undefined
  private readonly server: FakeServer
  private readonly user: UserId

  constructor(server: FakeServer, user: UserId) {
    this.server = server
    this.user = user
  }

  async push(request: PushRequest): Promise<Reply<PushAnswer>> {
    let during: Promise<unknown> | undefined
    const reply = this.through(() => {
      this.pushes.push(request)
      if (request.changes.reduce((sum, change) => sum + change.length, 0) > this.most) return refused(413, 'too_large')
      const reply = this.server.push(this.user, request)
      during = this.duringPush?.()
      return reply
    })
    await during
    return reply
  }

  pull(request: PullRequest): Promise<Reply<PullAnswer>> {
    return this.through(() => this.server.pull(request))
  }

  snapshot(_organization: string, replica: string): Promise<Reply<Snapshot>> {
    return this.through(() => answered(this.server.snapshot(replica)))
  }

  text(_organization: string, task: string, field: string, since: number): Promise<Reply<TextHistory>> {
    return this.through(() => answered(this.server.text(task, field, since)))
  }

  conflicts(): Promise<Reply<ConflictPage>> {
    return this.through(() => answered({ conflicts: [] }))
  }

  /** In pages of two. */
  history(_organization: string, task: string, after = '0'): Promise<Reply<HistoryPage>> {
    return this.through(() => {
      const entries = this.server.log.filter((change) => touchedBy(change).includes(task)).slice(Number(after)) as unknown as HistoryPage['entries']
      return answered({ entries: entries.slice(0, 2), ...(entries.length > 2 ? { next: String(Number(after) + 2) } : {}) })
    })
  }

  me(): Promise<Reply<Me>> {
    const organizations = this.server.members.has(this.user) ? [{ id: this.server.organization, name: 'org', role: 'member' as const }] : []
    return Promise.resolve(answered({ user: { id: this.user, name: 'name', email: 'address' }, organizations }))
  }

  openLive(): Promise<Reply<LiveConnection>> {
    return Promise.resolve({ kind: 'unreachable', detail: 'no live connection here' })
  }

  private through<T>(request: () => Reply<T>): Promise<Reply<T>> {
    if (!this.server.members.has(this.user)) return Promise.resolve(refused(404, 'not_found'))
    const cut = ++this.requests === this.cutAt ? this.how : 'none'
    if (this.offline || cut === 'before-arrival') return Promise.resolve({ kind: 'unreachable', detail: 'cut' })
    const reply = request()
    return Promise.resolve(cut === 'answer-lost' ? { kind: 'unreachable', detail: 'cut' } : reply)
  }
}
