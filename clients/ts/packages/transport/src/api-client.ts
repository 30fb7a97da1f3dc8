import type { HistoryPage, LiveTicket, Me, MemberInfo, OrganizationInfo, Role, Session } from '@taskgrid/protocol'
import {
  readHistoryPage, readMe, readMemberInfo, readMemberList, readOrganization, readProblem, readSession, readTicket, UnknownForm,
} from '@taskgrid/protocol'
import type { Reply, Unanswered } from '@taskgrid/replica'
import { answered, reasonOf } from '@taskgrid/replica'

const ANSWER_WITHIN = 30_000

/** How a client keeps its refresh token: a browser in an HttpOnly cookie, anybody else by itself [HT2]. */
export type ClientKind = 'browser' | 'bearer'

/** What an API client may be given beside its server. */
export interface ApiClientOptions {
  readonly kind?: ClientKind
  readonly fetch?: typeof fetch
}

/** A request. */
export interface ApiRequest<T> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  /** JSON text, or what is written as JSON. */
  readonly body?: string | object
  readonly token?: string
  readonly read: (value: unknown) => T
  /** How much longer than usual the answer may take, in milliseconds. */
  readonly extra?: number
}

/** Sends requests of the protocol and reads answers and problems. Knows nothing of sessions. */
export class ApiClient {
  /** The server. */
  readonly server: URL
  readonly kind: ClientKind
  private readonly fetch: typeof fetch

  constructor(server: URL | string, options: ApiClientOptions = {}) {
    this.server = new URL(server)
    this.kind = options.kind ?? 'bearer'
    this.fetch = options.fetch ?? ((...request) => fetch(...request))
  }

  /** Makes an account and signs in. */
  register(account: { readonly email: string; readonly password: string; readonly name: string }, signal: AbortSignal): Promise<Reply<Session>> {
    return this.send({ method: 'POST', path: '/api/auth/register', body: account, read: readSession }, signal)
  }

  /** Signs in. */
  login(account: { readonly email: string; readonly password: string }, signal: AbortSignal): Promise<Reply<Session>> {
    return this.send({ method: 'POST', path: '/api/auth/login', body: account, read: readSession }, signal)
  }

  /** Renews a session; a browser's token is in its cookie [AC6]. */
  refresh(refreshToken: string | undefined, attempt: string, signal: AbortSignal): Promise<Reply<Session>> {
    return this.send({ method: 'POST', path: '/api/auth/refresh', body: { refreshToken, attempt }, read: readSession }, signal)
  }

  /** Signs out. */
  logout(refreshToken: string | undefined, token: string | undefined, signal: AbortSignal): Promise<Reply<undefined>> {
    return this.send({ method: 'POST', path: '/api/auth/logout', body: { refreshToken }, ...signed(token), read: nothing }, signal)
  }

  /** Who one is, and where one is a member. */
  me(token: string, signal: AbortSignal): Promise<Reply<Me>> {
    return this.send({ method: 'GET', path: '/api/me', token, read: readMe }, signal)
  }

  /** Makes an organization. */
  createOrganization(name: string, token: string, signal: AbortSignal): Promise<Reply<OrganizationInfo>> {
    return this.send({ method: 'POST', path: '/api/orgs', body: { name }, token, read: readOrganization }, signal)
  }

  /** The members of an organization, with their addresses. */
  members(organization: string, token: string, signal: AbortSignal): Promise<Reply<readonly MemberInfo[]>> {
    return this.send({ method: 'GET', path: `/api/orgs/${organization}/members`, token, read: readMemberList }, signal)
  }

  /** Adds a member. */
  addMember(organization: string, member: { readonly email: string; readonly role: Role }, token: string, signal: AbortSignal): Promise<Reply<MemberInfo>> {
    return this.send({ method: 'POST', path: `/api/orgs/${organization}/members`, body: member, token, read: readMemberInfo }, signal)
  }

  /** Changes a member's role. */
  changeRole(organization: string, user: string, role: Role, token: string, signal: AbortSignal): Promise<Reply<MemberInfo>> {
    return this.send({ method: 'PATCH', path: `/api/orgs/${organization}/members/${user}`, body: { role }, token, read: readMemberInfo }, signal)
  }

  /** Removes a member. */
  removeMember(organization: string, user: string, token: string, signal: AbortSignal): Promise<Reply<undefined>> {
    return this.send({ method: 'DELETE', path: `/api/orgs/${organization}/members/${user}`, token, read: nothing }, signal)
  }

  /** Leaves an organization. */
  leave(organization: string, token: string, signal: AbortSignal): Promise<Reply<undefined>> {
    return this.send({ method: 'POST', path: `/api/orgs/${organization}/leave`, token, read: nothing }, signal)
  }

  /** Opens one live connection within 30 s. */
  ticket(organization: string, token: string, signal: AbortSignal): Promise<Reply<LiveTicket>> {
    return this.send({ method: 'POST', path: '/api/sync/ticket', body: { org: organization }, token, read: readTicket }, signal)
  }

  /** A page of a task's history. */
  history(path: string, token: string, signal: AbortSignal): Promise<Reply<HistoryPage>> {
    return this.send({ method: 'GET', path, token, read: readHistoryPage }, signal)
  }

  /** Sends a request and reads its answer. */
  async send<T>(request: ApiRequest<T>, signal: AbortSignal): Promise<Reply<T>> {
    const opened = await this.open(request, AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN + (request.extra ?? 0))]), signal)
    if (opened.kind !== 'answered') return opened
    return this.guarded(signal, async () => {
      const text = await opened.value.text()
      return answered(request.read(text === '' ? undefined : JSON.parse(text)))
    })
  }

  /** Opens an answer that is read as it comes; `limit` ends it, `callers` is what its caller gave. */
  open(request: Omit<ApiRequest<unknown>, 'read' | 'extra'>, limit: AbortSignal, callers: AbortSignal): Promise<Reply<Response>> {
    return this.guarded(callers, async () => {
      const response = await this.fetch(new URL(request.path, this.server), this.init(request, limit))
      return response.ok ? answered(response) : this.refusal(response.status, response.headers.get('retry-after'), await response.text())
    })
  }

  /** A fault of the network is a reply, and so is JSON of a newer server; that its caller gave up is not. */
  async guarded<T>(signal: AbortSignal, work: () => Promise<Reply<T>>): Promise<Reply<T>> {
    try {
      return await work()
    } catch (error) {
      if (signal.aborted) throw reasonOf(signal)
      if (error instanceof UnknownForm) return { kind: 'not-understood', detail: error.message }
      return { kind: 'unreachable', detail: this.describe(error) }
    }
  }

  private init(request: Omit<ApiRequest<unknown>, 'read' | 'extra'>, signal: AbortSignal): RequestInit {
    const { method, body, token } = request
    return {
      method,
      signal,
      cache: 'no-store',
      redirect: 'error',
      headers: {
        ...(this.kind === 'browser' ? { 'X-TaskGrid-Client': 'browser' } : {}),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }
  }

  private refusal(status: number, retryAfter: string | null, text: string): Unanswered {
    const problem = readProblem(status, parsed(text))
    // [ER2]
    if (problem === undefined) return { kind: 'unreachable', detail: `${this.server.host} answered ${status} without a code of the protocol` }
    const wait = waitOf(retryAfter)
    return { kind: 'refused', problem, ...(wait === undefined ? {} : { retryAfter: wait }) }
  }

  private describe(error: unknown): string {
    const name = error instanceof Error ? error.name : ''
    if (error instanceof SyntaxError) return `the answer of ${this.server.host} was not JSON`
    return name === 'TimeoutError' || name === 'AbortError' ? `${this.server.host} did not answer in time` : `${this.server.host} cannot be reached`
  }
}

function signed(token: string | undefined): { readonly token?: string } {
  return token === undefined ? {} : { token }
}

function nothing(): undefined {
  return undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Seconds, or a date [ER1]; in milliseconds from now. */
function waitOf(header: string | null): number | undefined {
  if (header === null) return undefined
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return wait > 0 ? wait : undefined
}
