import { readTime } from '@taskgrid/protocol'
import type { Time } from '../time.js'

const JUMP = 500

/** Learns how far the device's clock is off the server's, from the exchange with the shortest way there and back [ST7]. */
export class ServerClock {
  private readonly time: Time
  private shortest = Infinity
  private known: number | undefined
  private last: { readonly wall: number; readonly elapsed: number } | undefined

  constructor(time: Time) {
    this.time = time
  }

  /** Milliseconds to add to the device's clock; undefined before the first exchange. */
  get offset(): number | undefined {
    return this.known
  }

  /** An exchange begins: the device's time. */
  begin(): number {
    const [wall, elapsed] = [this.time.now(), this.time.elapsed()]
    // The clock was set meanwhile: what was learned of it is worth nothing.
    if (this.last !== undefined && Math.abs(wall - this.last.wall - (elapsed - this.last.elapsed)) > JUMP) this.shortest = Infinity
    this.last = { wall, elapsed }
    return wall
  }

  /** It ended, and the server's time was this. */
  end(sent: number, serverTime: string): void {
    const server = readTime(serverTime)
    const way = this.time.now() - sent
    if (server === undefined || way > this.shortest) return
    this.shortest = way
    this.known = Math.trunc(server - (sent + way / 2))
  }
}
