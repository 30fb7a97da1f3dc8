import type { ConflictPage, HistoryPage, Me, OrganizationId, PullAnswer, PushAnswer, ReplicaId, TaskId, TextField, TextHistory } from '@taskgrid/protocol'
import { PROTOCOL_VERSION, readConflictPage, readHistoryPage, readPullAnswer, readPushAnswer, readTextHistory } from '@taskgrid/protocol'
import type { LiveConnection, LiveHello, PullRequest, PushRequest, Reply, Snapshot, Transport } from '@taskgrid/replica'
import { answered } from '@taskgrid/replica'
import type { ApiClient, ApiRequest } from './api-client.js'
import type { WebSocketMaker } from './live-socket.js'
import { LiveSocket } from './live-socket.js'
import type { SessionKeeper } from './session-keeper.js'
import { SnapshotReader } from './snapshot-reader.js'

const PIECE_WITHIN = 30_000
const NEVER = new AbortController().signal

/** The sync requests over fetch and WebSocket. Where no live connection can be held, the sync loop polls. */
export class HttpTransport implements Transport {
  private readonly api: ApiClient
  private readonly sessions: SessionKeeper
  private readonly makeSocket: WebSocketMaker

  constructor(api: ApiClient, sessions: SessionKeeper, makeSocket: WebSocketMaker = (address, subprotocol) => new WebSocket(address, subprotocol)) {
    this.api = api
    this.sessions = sessions
    this.makeSocket = makeSocket
  }

  push(request: PushRequest, signal: AbortSignal): Promise<Reply<PushAnswer>> {
    return this.send({ method: 'POST', path: '/api/sync/push', body: bodyOf(request), read: readPushAnswer }, signal)
  }

  pull(request: PullRequest, signal: AbortSignal): Promise<Reply<PullAnswer>> {
    const { organization: org, replica, since, history, waitSeconds = 0, after } = request
    const path = pathOf('/api/sync/pull', { org, replica, since, wait: waitSeconds > 0 ? waitSeconds : undefined, history: history ?? undefined, after })
    return this.send({ method: 'GET', path, read: readPullAnswer, extra: waitSeconds * 1000 }, signal)
  }

  snapshot(org: OrganizationId, replica: ReplicaId, progress: (done: number, total: number) => void, signal: AbortSignal): Promise<Reply<Snapshot>> {
    return this.signed((token) => this.readSnapshot(pathOf('/api/sync/snapshot', { org, replica }), token, progress, signal), signal)
  }

  text(org: OrganizationId, task: TaskId, field: TextField, since: number, signal: AbortSignal): Promise<Reply<TextHistory>> {
    return this.send({ method: 'GET', path: pathOf('/api/sync/text', { org, task, field, since }), read: readTextHistory }, signal)
  }

  conflicts(org: OrganizationId, openOnly: boolean, after: string | undefined, signal: AbortSignal): Promise<Reply<ConflictPage>> {
    const path = pathOf('/api/sync/conflicts', { org, status: openOnly ? 'open' : 'all', after })
    return this.send({ method: 'GET', path, read: readConflictPage }, signal)
  }

  history(org: OrganizationId, task: TaskId, after: string | undefined, signal: AbortSignal): Promise<Reply<HistoryPage>> {
    return this.send({ method: 'GET', path: pathOf('/api/sync/history', { org, task, after }), read: readHistoryPage }, signal)
  }

  me(signal: AbortSignal): Promise<Reply<Me>> {
    return this.signed((token) => this.api.me(token, signal), signal)
  }

  openLive(hello: LiveHello, signal: AbortSignal): Promise<Reply<LiveConnection>> {
    return this.signed(async (token) => {
      const ticket = await this.api.ticket(hello.organization, token, signal)
      if (ticket.kind !== 'answered') return ticket
      const live = await LiveSocket.open(this.makeSocket, this.api.server, hello, ticket.value.ticket, token, () => this.freshToken(), signal)
      return live === undefined ? { kind: 'unreachable', detail: 'no live connection' } : answered<LiveConnection>(live)
    }, signal)
  }

  /** Sends with a token; where the server refuses it, once more with a fresh one. */
  async signed<T>(send: (token: string) => Promise<Reply<T>>, signal: AbortSignal): Promise<Reply<T>> {
    const token = await this.sessions.token(signal)
    if (token.kind !== 'answered') return token
    const reply = await send(token.value)
    if (reply.kind !== 'refused' || reply.problem.code !== 'unauthorized') return reply
    const renewed = await this.sessions.token(signal, token.value)
    return renewed.kind === 'answered' ? send(renewed.value) : renewed
  }

  private send<T>(request: ApiRequest<T>, signal: AbortSignal): Promise<Reply<T>> {
    return this.signed((token) => this.api.send({ ...request, token }, signal), signal)
  }

  private async freshToken(): Promise<string | undefined> {
    const token = await this.sessions.token(NEVER)
    return token.kind === 'answered' ? token.value : undefined
  }

  /** A server that stops in the middle is noticed: each piece has its own time. */
  private async readSnapshot(path: string, token: string, progress: (done: number, total: number) => void, signal: AbortSignal): Promise<Reply<Snapshot>> {
    const stalled = new AbortController()
    let timer = setTimeout(() => stalled.abort(), PIECE_WITHIN)
    try {
      const opened = await this.api.open({ method: 'GET', path, token }, AbortSignal.any([signal, stalled.signal]), signal)
      if (opened.kind !== 'answered') return opened
      const { body } = opened.value
      if (body === null) return { kind: 'unreachable', detail: 'the answer was empty' }
      const reader = new SnapshotReader(progress)
      return await this.api.guarded(signal, async () => {
        for await (const piece of body.pipeThrough(new TextDecoderStream())) {
          clearTimeout(timer)
          timer = setTimeout(() => stalled.abort(), PIECE_WITHIN)
          reader.take(piece)
        }
        return reader.end()
      })
    } finally {
      clearTimeout(timer)
    }
  }
}

/** The push, with each change as exactly the text that stands in the outbox. */
function bodyOf({ organization: org, replica, since, history, changes }: PushRequest): string {
  const head = JSON.stringify({ protocol: PROTOCOL_VERSION, org, replica, since, ...(history === null ? {} : { history }) })
  return `${head.slice(0, -1)},"changes":[${changes.join(',')}]}`
}

function pathOf(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return `${path}?${new URLSearchParams(given).toString()}`
}
