import type { UserInfo } from '@taskgrid/protocol'
import { isId } from '@taskgrid/protocol'
import type { Lead } from '@taskgrid/replica'
import { soleLeadership, webLocksLeadership } from '@taskgrid/replica'

/** A sign-in as it is kept on the device. */
export interface SavedSession {
  readonly user: UserInfo
  /** Minutes long; undefined where it has to be asked for. */
  readonly accessToken?: string
  /** For the next access token, used once; undefined where the browser's cookie holds it. */
  readonly refreshToken?: string
  /** When the access token ends, in milliseconds since 1970. */
  readonly expiresAt: number
  /** A rotation that was begun and not yet answered: repeated with the same id, it answers the same [AC6]. */
  readonly attempt?: string
}

/**
 * Keeps the sign-in of one device. Writes are kept when they return: a refresh token that was rotated and then lost would sign its user out.
 */
export interface SessionStore {
  /** The sign-in; undefined if nobody is signed in. */
  load(): SavedSession | undefined
  /** Keeps a sign-in; undefined forgets it. */
  save(session: SavedSession | undefined): void
  /** Waits until no other tab is renewing the session, and keeps others from it until released. */
  lock(signal: AbortSignal): Promise<Lead>
}

/** In memory: for scripts and tests. */
export function memorySessionStore(first?: SavedSession): SessionStore {
  let session = first
  const leadership = soleLeadership()
  return {
    load: () => session,
    save: (next) => {
      session = next
    },
    lock: (signal) => leadership.lead(signal),
  }
}

/**
 * In a browser: who is signed in, and a rotation that was begun, in its storage; the access token in this tab's memory alone; the refresh
 * token in the cookie that no script can read. Tabs renew one after the other, by Web Locks.
 */
export function browserSessionStore(storage: Storage, locks: LockManager, key = 'taskgrid.session'): SessionStore {
  let token: Pick<SavedSession, 'accessToken' | 'expiresAt'> = { expiresAt: 0 }
  const leadership = webLocksLeadership(locks, `${key}.lock`)
  return {
    load: () => {
      const kept = read(storage.getItem(key))
      return kept === undefined ? undefined : { ...kept, ...token }
    },
    save: (session) => {
      token = session === undefined ? { expiresAt: 0 } : tokenOf(session)
      if (session === undefined) storage.removeItem(key)
      else storage.setItem(key, JSON.stringify({ user: session.user, attempt: session.attempt }))
    },
    lock: (signal) => leadership.lead(signal),
  }
}

function tokenOf({ accessToken, expiresAt }: SavedSession): Pick<SavedSession, 'accessToken' | 'expiresAt'> {
  return accessToken === undefined ? { expiresAt } : { accessToken, expiresAt }
}

function read(text: string | null): Pick<SavedSession, 'user' | 'attempt'> | undefined {
  if (text === null) return undefined
  try {
    const { user, attempt } = JSON.parse(text) as { readonly user?: Partial<UserInfo>; readonly attempt?: unknown }
    if (!isId(user?.id) || typeof user.name !== 'string' || typeof user.email !== 'string') return undefined
    return { user: { id: user.id, name: user.name, email: user.email }, ...(isId(attempt) ? { attempt } : {}) }
  } catch {
    return undefined
  }
}
