import type { Presence } from '@taskgrid/protocol'

/** What a sync tells whoever watches it. */
export type SyncEvent =
  /** Changes were sent and answered; so many are left. */
  | { readonly kind: 'pushed'; readonly answered: number; readonly left: number }
  /** The server refused changes; they are on the list of refused ones. */
  | { readonly kind: 'rejected'; readonly count: number }
  /** The confirmed state moved to this seq of so many. */
  | { readonly kind: 'pulled'; readonly base: number; readonly head: number }
  /** A snapshot is being loaded: so many tasks of so many. */
  | { readonly kind: 'loading'; readonly done: number; readonly total: number }
  /** The whole state was taken anew; why, for a person. */
  | { readonly kind: 'resynced'; readonly reason: string }
  /** The changes go on under a new replica id; why, for a person. */
  | { readonly kind: 'renamed'; readonly reason: string }
  /** The digest of the state differs from the server's, and a snapshot was taken for it not long ago. */
  | { readonly kind: 'digest-differs' }
  /** The live connection came up or went down. */
  | { readonly kind: 'live'; readonly up: boolean }
  /** Somebody else is at work somewhere. */
  | ({ readonly kind: 'presence' } & Presence)
  /** This tab leads from now on. */
  | { readonly kind: 'leading' }
  /** All is sent, and the state is that of the log's head. */
  | { readonly kind: 'up-to-date' }
  /** It did not work, and will be tried again in so many milliseconds. */
  | { readonly kind: 'retrying'; readonly detail: string; readonly in: number }

/** Whoever watches. */
export type Watch = (event: SyncEvent) => void
