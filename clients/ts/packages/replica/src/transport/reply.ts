import type { Problem } from '@taskgrid/protocol'

/** What became of a request. */
export type Reply<T> = { readonly kind: 'answered'; readonly value: T } | Unanswered

/** A request without an answer to build on. */
export type Unanswered =
  /** The server refused, with a stable code; `retryAfter` is in milliseconds, where it said when to come back. */
  | { readonly kind: 'refused'; readonly problem: Problem; readonly retryAfter?: number }
  /** No answer that one could rely on: no network, a time-out, a proxy. Whether the request arrived is not known. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** The answer holds something that this version does not know. */
  | { readonly kind: 'not-understood'; readonly detail: string }

/** An answer. */
export function answered<T>(value: T): Reply<T> {
  return { kind: 'answered', value }
}
