const FIRST = 500
const MOST = 60_000
const SPREAD = 0.25

/** How long to wait after failures: exponential with full jitter, or what the server asked for and a little more. */
export class Backoff {
  private readonly random: () => number
  private failures = 0

  constructor(random: () => number) {
    this.random = random
  }

  /** It worked: the next wait is a first one. */
  reset(): void {
    this.failures = 0
  }

  /** How many milliseconds to wait now. Clients that failed together come back apart. */
  next(asked?: number): number {
    const most = Math.min(FIRST * 2 ** Math.min(this.failures++, 16), MOST)
    return asked !== undefined && asked > 0 ? asked * (1 + this.random() * SPREAD) : most * this.random()
  }
}
