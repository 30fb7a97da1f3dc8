/** Where the engine gets its time from. */
export interface Time {
  /** Milliseconds since 1970 by the device's clock. */
  now(): number
  /** Milliseconds by a clock that nobody sets; where it began means nothing. */
  elapsed(): number
  /** Completes after so long; rejects with the signal's reason once it aborts. */
  delay(milliseconds: number, signal: AbortSignal): Promise<void>
}

/** The device's own. */
export const SYSTEM_TIME: Time = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  delay: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      const give = () => {
        clearTimeout(timer)
        reject(reasonOf(signal))
      }
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', give)
        resolve()
      }, milliseconds)
      if (signal.aborted) give()
      else signal.addEventListener('abort', give, { once: true })
    }),
}

/** Why a signal aborted, as an error. */
export function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('it was told to end', 'AbortError')
}
