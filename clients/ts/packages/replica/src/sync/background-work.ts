import { reasonOf } from '../time.js'

/** What is fetched beside the changes, the most wanted first: what is open on the screen, lists, previews, files, upkeep. */
export const PRIORITIES = ['open', 'list', 'preview', 'file', 'upkeep'] as const

/** One of these. */
export type Priority = (typeof PRIORITIES)[number]

interface Waiting {
  readonly priority: Priority
  readonly start: () => void
}

/**
 * Runs what is fetched beside the changes, a few at a time, the most wanted first, otherwise in the order of asking. Changes themselves have
 * no priorities: they go strictly in order of their numbers [PU5].
 */
export class BackgroundWork {
  private readonly atOnce: number
  private readonly waiting: Waiting[] = []
  private running = 0

  constructor(atOnce = 2) {
    this.atOnce = atOnce
  }

  /** Runs the work once it is its turn; what is given up before that never begins. */
  add<T>(priority: Priority, work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(reasonOf(signal))
      const entry: Waiting = {
        priority,
        start: () => {
          signal.removeEventListener('abort', giveUp)
          this.running++
          work(signal).then(resolve, reject).finally(() => {
            this.running--
            this.startNext()
          })
        },
      }
      const giveUp = () => {
        this.waiting.splice(this.waiting.indexOf(entry), 1)
        reject(reasonOf(signal))
      }
      signal.addEventListener('abort', giveUp, { once: true })
      this.waiting.push(entry)
      this.startNext()
    })
  }

  private startNext(): void {
    if (this.running >= this.atOnce) return
    const [next] = PRIORITIES.flatMap((priority) => this.waiting.find((entry) => entry.priority === priority) ?? [])
    if (next === undefined) return
    this.waiting.splice(this.waiting.indexOf(next), 1)
    next.start()
  }
}
