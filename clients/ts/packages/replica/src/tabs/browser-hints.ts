import type { WakeSignal } from '../sync/wake-signal.js'

/** Wakes a loop when the browser says that it is online, or shows the page again; the answer ends it. Only hints: the loop's own heartbeat decides. */
export function followBrowser(hints: WakeSignal, page: Window = window): () => void {
  const wake = () => {
    if (page.document.visibilityState === 'visible') hints.set()
  }
  page.addEventListener('online', wake)
  page.document.addEventListener('visibilitychange', wake)
  return () => {
    page.removeEventListener('online', wake)
    page.document.removeEventListener('visibilitychange', wake)
  }
}
