import type { Session } from '@taskgrid/protocol'
import { readTime } from '@taskgrid/protocol'
import type { Reply, Unanswered } from '@taskgrid/replica'
import { answered, newId } from '@taskgrid/replica'
import type { ApiClient } from './api-client.js'
import type { SavedSession, SessionStore } from './session-store.js'

const EARLY = 30_000

const SIGN_IN_NEEDED: Unanswered = { kind: 'refused', problem: { status: 401, code: 'unauthorized', title: 'You are not signed in.' } }

/** Hands out access tokens and renews them, across tabs, so that a lost answer signs nobody out. */
export class SessionKeeper {
  private readonly store: SessionStore
  private readonly api: ApiClient
  private readonly now: () => number

  constructor(store: SessionStore, api: ApiClient, now: () => number = Date.now) {
    this.store = store
    this.api = api
    this.now = now
  }

  /** Keeps a session that one just signed in to. */
  begin(session: Session): void {
    this.store.save(savedOf(session))
  }

  /**
   * An access token that is good for now; refused with `unauthorized` where one must sign in again. `refused` is a token that the server
   * just refused, so that the same is not handed out again.
   */
  async token(signal: AbortSignal, refused?: string): Promise<Reply<string>> {
    const good = this.usable(refused)
    if (good !== undefined) return answered(good)
    const alone = await this.store.lock(signal)
    try {
      // Another one may have renewed it while this one waited.
      const renewed = this.usable(refused)
      const session = this.store.load()
      if (renewed !== undefined) return answered(renewed)
      return session === undefined ? SIGN_IN_NEEDED : await this.renew(session, signal)
    } finally {
      alone.release()
    }
  }

  private usable(refused: string | undefined): string | undefined {
    const { accessToken, expiresAt = 0 } = this.store.load() ?? {}
    return accessToken !== refused && expiresAt - EARLY > this.now() ? accessToken : undefined
  }

  private async renew(session: SavedSession, signal: AbortSignal): Promise<Reply<string>> {
    const attempt = session.attempt ?? newId()
    // Kept before it is sent: if the answer is lost, the repeat carries the same id and is answered the same.
    this.store.save({ ...session, attempt })
    const reply = await this.api.refresh(session.refreshToken, attempt, signal)
    if (reply.kind === 'answered') {
      this.store.save(savedOf(reply.value))
      return answered(reply.value.accessToken)
    }
    return reply.kind === 'refused' && reply.problem.status === 401 ? SIGN_IN_NEEDED : reply
  }
}

function savedOf({ user, accessToken, refreshToken, expiresAt }: Session): SavedSession {
  return { user, accessToken, ...(refreshToken === undefined ? {} : { refreshToken }), expiresAt: readTime(expiresAt) ?? 0 }
}
