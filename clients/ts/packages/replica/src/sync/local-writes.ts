import type { ReplicaStore } from '../store/replica-store.js'
import { reasonOf } from '../time.js'

/** Completes once there is something to send, whichever tab wrote it. */
export function whenUnanswered(store: ReplicaStore, signal: AbortSignal): Promise<void> {
  const isThere = () => store.read((reading) => reading.unanswered()) > 0
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(reasonOf(signal))
    if (isThere()) return resolve()
    const end = (then: () => void) => {
      unsubscribe()
      signal.removeEventListener('abort', give)
      then()
    }
    const give = () => end(() => reject(reasonOf(signal)))
    const unsubscribe = store.subscribe(() => {
      if (isThere()) end(resolve)
    })
    signal.addEventListener('abort', give, { once: true })
  })
}
