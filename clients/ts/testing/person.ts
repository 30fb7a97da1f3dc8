import type { OrganizationId, UserId } from '@taskgrid/protocol'
import type { Reply, ReplicaStore, SyncEvent, SyncOutcome } from '@taskgrid/replica'
import { freshMark, newId, Replica, SyncExchange, SyncLoop } from '@taskgrid/replica'
import { ApiClient, HttpTransport, memorySessionStore, SessionKeeper } from '@taskgrid/transport'
import { WebSocket as NodeWebSocket } from 'ws'
import type { OpenStore } from './world.js'

const NEVER = new AbortController().signal

/** What a device's network differs in. */
export interface Network {
  readonly fetch?: typeof fetch
  readonly socket?: typeof nodeSocket
}

/** Somebody with an account on the real server. */
export class Person {
  readonly user: UserId
  readonly email: string
  readonly api: ApiClient
  readonly sessions: SessionKeeper
  readonly token: string

  private constructor(api: ApiClient, sessions: SessionKeeper, user: UserId, email: string, token: string) {
    this.api = api
    this.sessions = sessions
    this.user = user
    this.email = email
    this.token = token
  }

  static async register(url: string, name: string): Promise<Person> {
    const api = new ApiClient(url)
    const email = `${name}-${newId()}@example.com`
    const session = valueOf(await api.register({ email, password: 'correct horse battery staple', name }, NEVER))
    const sessions = new SessionKeeper(memorySessionStore(), api)
    sessions.begin(session)
    return new Person(api, sessions, session.user.id, email, session.accessToken)
  }

  async createOrganization(...members: readonly Person[]): Promise<OrganizationId> {
    const { id } = valueOf(await this.api.createOrganization('Garden', this.token, NEVER))
    for (const { email } of members) valueOf(await this.api.addMember(id, { email, role: 'member' }, this.token, NEVER))
    return id
  }

  /** A device of this person; its fetch may be cut, its socket another one. */
  async device(organization: OrganizationId, open: OpenStore, network: Network = {}): Promise<OnlineDevice> {
    const store = await open(freshMark(organization, this.user, newId()))
    const api = network.fetch === undefined ? this.api : new ApiClient(this.api.server, { fetch: network.fetch })
    return new OnlineDevice(store, new HttpTransport(api, this.sessions, network.socket ?? nodeSocket))
  }
}

/** A device on the real server. */
export class OnlineDevice {
  readonly store: ReplicaStore
  readonly transport: HttpTransport
  readonly replica: Replica
  private readonly exchange: SyncExchange

  constructor(store: ReplicaStore, transport: HttpTransport) {
    this.store = store
    this.transport = transport
    this.replica = new Replica(store)
    this.exchange = new SyncExchange(store, transport)
  }

  async sync(): Promise<SyncOutcome> {
    for (;;) {
      const outcome = await this.exchange.run(0, NEVER)
      if (outcome.kind !== 'more') return outcome
    }
  }

  /** Runs a loop until the test ends it. */
  run(watch: (event: SyncEvent) => void): { end(): Promise<SyncOutcome | undefined> } {
    const stop = new AbortController()
    const running = new SyncLoop(this.store, this.transport, { watch }).run(stop.signal).catch(() => undefined)
    return {
      end: () => {
        stop.abort()
        return running
      },
    }
  }
}

/** Node 20 has no WebSocket of its own. */
export function nodeSocket(address: string, subprotocol: string): WebSocket {
  return new NodeWebSocket(address, subprotocol) as unknown as WebSocket
}

/** The answer, where there must be one. */
export function valueOf<T>(reply: Reply<T>): T {
  if (reply.kind !== 'answered') throw new TypeError(JSON.stringify(reply))
  return reply.value
}
