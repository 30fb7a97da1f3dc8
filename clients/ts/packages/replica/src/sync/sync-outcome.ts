import type { Unanswered } from '../transport/reply.js'

/** How an exchange with the server ended. */
export type SyncOutcome =
  /** All is sent, and the state is that of the log's head. */
  | { readonly kind: 'up-to-date' }
  /** It worked, and there is more to do at once. */
  | { readonly kind: 'more' }
  /** Not now: no network, a busy server. Nothing is lost. */
  | { readonly kind: 'not-now'; readonly detail: string; readonly retryAfter?: number }
  /** One must sign in again. */
  | { readonly kind: 'sign-in' }
  /** The user is no longer a member: the confirmed state is gone, the outbox is kept. */
  | { readonly kind: 'access-lost' }
  /** The server speaks of things that this version does not know. */
  | { readonly kind: 'upgrade-needed'; readonly detail: string }
  /** The server refuses, and trying again would not help. */
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string }

/** It worked, and there is more to do at once. */
export const MORE = { kind: 'more' } as const satisfies SyncOutcome

/** All is sent, and the state is that of the log's head. */
export const UP_TO_DATE = { kind: 'up-to-date' } as const satisfies SyncOutcome

/** What a request without an answer means for the exchange that it was part of. */
export function outcomeOf(reply: Unanswered): SyncOutcome {
  if (reply.kind === 'not-understood') return { kind: 'upgrade-needed', detail: reply.detail }
  if (reply.kind === 'unreachable') return { kind: 'not-now', detail: reply.detail }
  const { status, code, title, detail = title } = reply.problem
  if (code === 'unauthorized') return { kind: 'sign-in' }
  if (code === 'upgrade_needed') return { kind: 'upgrade-needed', detail }
  if (status !== 429 && status < 500) return { kind: 'refused', code, detail }
  return { kind: 'not-now', detail, ...(reply.retryAfter === undefined ? {} : { retryAfter: reply.retryAfter }) }
}
