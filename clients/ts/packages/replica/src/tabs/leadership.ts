import type { Lead } from '../store/replica-store.js'
import { reasonOf } from '../time.js'

/** Elects the one that syncs, among all tabs of a profile or among those of this process. */
export interface Leadership {
  /** Waits until it is this one. */
  lead(signal: AbortSignal): Promise<Lead>
}

/** Among all tabs of a profile, by Web Locks: a tab that dies frees the lock. */
export function webLocksLeadership(locks: LockManager, name: string): Leadership {
  return {
    lead: (signal) =>
      new Promise((resolve, reject) => {
        locks
          .request(name, { signal }, () => new Promise<void>((release) => resolve({ release })))
          .catch((error: unknown) => reject(error instanceof Error ? error : new Error(String(error))))
      }),
  }
}

/** Within this process alone, where there are no Web Locks: one after the other. */
export function soleLeadership(): Leadership {
  let last: Promise<void> = Promise.resolve()
  return {
    async lead(signal) {
      const before = last
      let release: () => void = () => undefined
      const mine = new Promise<void>((resolve) => {
        release = resolve
      })
      last = before.then(() => mine)
      try {
        await orAbort(before, signal)
      } catch (error) {
        release()
        throw error
      }
      return { release }
    },
  }
}

function orAbort(waiting: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const give = () => reject(reasonOf(signal))
    if (signal.aborted) return give()
    signal.addEventListener('abort', give, { once: true })
    void waiting.then(() => {
      signal.removeEventListener('abort', give)
      resolve()
    })
  })
}
