import type { SyncEvent } from './sync-event.js'
import type { SyncOutcome } from './sync-outcome.js'

/** How syncing goes, for a status line. */
export interface SyncStatus {
  /** Waiting: another tab syncs. Stopped: only a person can help, see the outcome. */
  readonly phase: 'waiting' | 'syncing' | 'up-to-date' | 'offline' | 'stopped'
  /** News come as they happen. */
  readonly live: boolean
  /** What keeps it from working now, for a person. */
  readonly detail?: string
  /** A whole state is being loaded: so many tasks of so many. */
  readonly loading?: { readonly done: number; readonly total: number }
  /** The digest differs although the state was taken anew: to be reported. */
  readonly differs: boolean
  /** Why it stopped. */
  readonly outcome?: SyncOutcome
}

/** Before anything happened. */
export const FRESH_STATUS: SyncStatus = { phase: 'waiting', live: false, differs: false }

/** The status after the next event; the same one where it says nothing new. */
export function statusAfter(status: SyncStatus, event: SyncEvent): SyncStatus {
  const { detail: _detail, loading: _loading, ...plain } = status
  switch (event.kind) {
    case 'leading':
    case 'pushed':
      return { ...plain, phase: 'syncing' }
    case 'up-to-date':
      return status.phase === 'up-to-date' && status.detail === undefined ? status : { ...plain, phase: 'up-to-date' }
    case 'loading':
      return { ...plain, phase: 'syncing', loading: { done: event.done, total: event.total } }
    case 'resynced':
      return { ...plain, phase: 'syncing', differs: false }
    case 'digest-differs':
      return { ...status, differs: true }
    case 'live':
      return { ...status, live: event.up }
    case 'retrying':
      return { ...plain, phase: 'offline', live: false, detail: event.detail }
    default:
      return status
  }
}
