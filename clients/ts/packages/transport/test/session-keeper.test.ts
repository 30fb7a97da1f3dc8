import type { Session } from '@taskgrid/protocol'
import type { SavedSession, SessionStore } from '@taskgrid/transport'
import { ApiClient, browserSessionStore, memorySessionStore, SessionKeeper } from '@taskgrid/transport'
import { describe, expect, test } from 'vitest'
import { FakeLocks } from '../../../testing/fake-locks.js'

const NEVER = new AbortController().signal
const user = { id: '0199a6a0-7c1e-7d3f-9a55-0c1c5d1f0a01', name: 'Ana', email: 'ana@example.com' }

describe('access tokens', () => {
  test('one that is good is handed out without asking', async () => {
    const accounts = new Accounts()
    expect(await keeper(accounts, saved(600_000)).token(NEVER)).toEqual({ kind: 'answered', value: 'access0' })
    expect(accounts.asked).toEqual([])
  })

  test('one that ran out is renewed once, whoever asks meanwhile', async () => {
    const accounts = new Accounts()
    const sessions = keeper(accounts, saved(0))
    const tokens = await Promise.all([sessions.token(NEVER), sessions.token(NEVER), sessions.token(NEVER)])
    expect(tokens).toEqual(Array(3).fill({ kind: 'answered', value: 'access1' }))
    expect(accounts.asked).toHaveLength(1)
  })

  test('[AC6] a lost answer is asked for again with the same attempt', async () => {
    const accounts = new Accounts()
    const sessions = keeper(accounts, saved(0))
    accounts.loseAnswers = 1
    expect(await sessions.token(NEVER)).toMatchObject({ kind: 'unreachable' })
    expect(await sessions.token(NEVER)).toEqual({ kind: 'answered', value: 'access1' })
    expect(accounts.asked).toHaveLength(2)
    expect(new Set(accounts.asked).size).toBe(1)
  })

  test('one that the server refused is not handed out again', async () => {
    const accounts = new Accounts()
    expect(await keeper(accounts, saved(600_000)).token(NEVER, 'access0')).toEqual({ kind: 'answered', value: 'access1' })
  })

  test('without a session, or with one that is over, one must sign in', async () => {
    const accounts = new Accounts()
    const unauthorized = { kind: 'refused', problem: { status: 401, code: 'unauthorized' } }
    expect(await keeper(accounts, undefined).token(NEVER)).toMatchObject(unauthorized)
    accounts.isOver = true
    expect(await keeper(accounts, saved(0)).token(NEVER)).toMatchObject(unauthorized)
  })
})

describe('a browser\'s session', () => {
  test('[HT2] no token is in the storage, and a reload asks for one by the cookie', async () => {
    const [storage, accounts] = [new FakeStorage(), new Accounts()]
    const first = new SessionKeeper(browserSessionStore(storage, new FakeLocks()), accounts.api())
    first.begin({ user, accessToken: 'access0', expiresAt: new Date(Date.now() + 600_000).toISOString() })
    expect(await first.token(NEVER)).toEqual({ kind: 'answered', value: 'access0' })
    expect([...storage.items.values()].join()).not.toContain('access')

    const reloaded = browserSessionStore(storage, new FakeLocks())
    expect(reloaded.load()).toMatchObject({ user })
    expect(await new SessionKeeper(reloaded, accounts.api()).token(NEVER)).toEqual({ kind: 'answered', value: 'access1' })
  })

  test('[AC6] two tabs renew one after the other, and an attempt outlives the tab that began it', async () => {
    const [storage, accounts, locks] = [new FakeStorage(), new Accounts(), new FakeLocks()]
    storage.setItem('taskgrid.session', JSON.stringify({ user }))
    const tabs = [1, 2].map(() => new SessionKeeper(browserSessionStore(storage, locks), accounts.api()))
    accounts.loseAnswers = 1
    const [one, two] = await Promise.all(tabs.map((tab) => tab.token(NEVER)))
    expect(one).toMatchObject({ kind: 'unreachable' })
    expect(two).toEqual({ kind: 'answered', value: 'access1' })
    expect(new Set(accounts.asked).size).toBe(1)
    expect(accounts.most).toBe(1)
  })

  test('what somebody else wrote into the storage signs nobody in', () => {
    const storage = new FakeStorage()
    for (const text of ['{', '{"user":{"id":"x"}}', 'null', '[]']) {
      storage.setItem('taskgrid.session', text)
      expect(browserSessionStore(storage, new FakeLocks()).load()).toBeUndefined()
    }
  })
})

function saved(validFor: number): SavedSession {
  return { user, accessToken: 'access0', refreshToken: 'refresh0', expiresAt: Date.now() + validFor }
}

function keeper(accounts: Accounts, session: SavedSession | undefined): SessionKeeper {
  const store: SessionStore = memorySessionStore(session)
  return new SessionKeeper(store, accounts.api())
}

/** The server's side of renewing: a token is used once, and the same attempt is answered the same. */
class Accounts {
  readonly asked: string[] = []
  loseAnswers = 0
  isOver = false
  /** The most requests that were under way at once. */
  most = 0
  private running = 0
  private readonly answers = new Map<string, Session>()

  api(): ApiClient {
    return new ApiClient('http://taskgrid.test', { fetch: async (_, init) => this.refresh(JSON.parse(init?.body as string) as { readonly attempt: string }) })
  }

  private async refresh({ attempt }: { readonly attempt: string }): Promise<Response> {
    this.asked.push(attempt)
    this.most = Math.max(this.most, ++this.running)
    await Promise.resolve()
    this.running--
    if (this.isOver) return Response.json({ code: 'unauthorized', title: 'over' }, { status: 401 })
    const n = this.answers.size + 1
    const answer = this.answers.get(attempt) ?? {
      user, accessToken: `access${n}`, refreshToken: `refresh${n}`, expiresAt: new Date(Date.now() + 600_000).toISOString(),
    }
    this.answers.set(attempt, answer)
    if (this.loseAnswers-- > 0) throw new TypeError('fetch failed')
    return Response.json(answer)
  }
}

class FakeStorage implements Storage {
  readonly items = new Map<string, string>()

  get length(): number {
    return this.items.size
  }

  clear(): void {
    this.items.clear()
  }

  getItem(key: string): string | null {
    return this.items.get(key) ?? null
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null
  }

  removeItem(key: string): void {
    this.items.delete(key)
  }

  setItem(key: string, value: string): void {
    this.items.set(key, value)
  }
}
