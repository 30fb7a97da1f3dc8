import { readTime } from '@taskgrid/protocol'
import type { Time } from '../time.js'

// Whole milliseconds are kept of either measurement.
const ROUNDING = 2

/** When an exchange began, by the device's clock and by the one that nobody sets. */
export interface Begun {
  readonly sent: number
  readonly elapsed: number
}

/**
 * Learns how far the device's clock is off the server's, from the exchange with the shortest way there and back [ST7].
 *
 * The way is measured by a clock that nobody sets. What an exchange says is off by half its way at most:
 * ```
 *    sent ------ server's time ------ received        offset = server's time − (sent + way / 2)  ±  way / 2
 * ```
 * So where two exchanges cannot both be right, the device's clock was set in between, and only the later one is.
 */
export class ServerClock {
  private readonly time: Time
  private shortest = Infinity
  private known: number | undefined

  constructor(time: Time) {
    this.time = time
  }

  /** Milliseconds to add to the device's clock; undefined before the first exchange. */
  get offset(): number | undefined {
    return this.known
  }

  /** An exchange begins. */
  begin(): Begun {
    return { sent: this.time.now(), elapsed: this.time.elapsed() }
  }

  /** It ended, and the server's time was this. */
  end(begun: Begun, serverTime: string): void {
    const server = readTime(serverTime)
    if (server === undefined) return
    const way = this.time.elapsed() - begun.elapsed
    const offset = Math.trunc(server - (begun.sent + way / 2))
    if (way > this.shortest && !this.wasSet(offset, way)) return
    this.shortest = way
    this.known = offset
  }

  private wasSet(offset: number, way: number): boolean {
    return this.known !== undefined && Math.abs(offset - this.known) > (way + this.shortest) / 2 + ROUNDING
  }
}
