import { reasonOf } from '../time.js'

/** Wakes whoever waits: a network that came back, a tab that is seen again. Waking the awake is remembered once. */
export class WakeSignal {
  private isSet = false
  private readonly waiting = new Set<() => void>()

  /** Wakes whoever waits, or the next one who does. */
  set(): void {
    this.isSet = this.waiting.size === 0
    const all = [...this.waiting]
    this.waiting.clear()
    for (const wake of all) wake()
  }

  /** Completes at the next {@link set}, or at once if it came since the last wait completed. */
  wait(signal: AbortSignal): Promise<void> {
    if (this.isSet) {
      this.isSet = false
      return Promise.resolve()
    }
    return new Promise((resolve, reject) => {
      const wake = () => {
        signal.removeEventListener('abort', give)
        resolve()
      }
      const give = () => {
        this.waiting.delete(wake)
        reject(reasonOf(signal))
      }
      if (signal.aborted) return reject(reasonOf(signal))
      this.waiting.add(wake)
      signal.addEventListener('abort', give, { once: true })
    })
  }
}
