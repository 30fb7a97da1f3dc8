import { timeText } from '@taskgrid/protocol'
import type { Time } from '@taskgrid/replica'
import { describe, expect, test } from 'vitest'
import { ServerClock } from '../../src/sync/server-clock.js'

describe('the estimate of the server\'s time', () => {
  test('[ST7] goes by the exchange with the shortest way there and back', () => {
    const device = new FakeTime()
    const clock = new ServerClock(device)
    exchange(device, clock, 400, 9_000)
    expect(clock.offset).toBe(9_000)
    exchange(device, clock, 600, 8_800)
    expect(clock.offset).toBe(9_000)
    exchange(device, clock, 100, 9_050)
    expect(clock.offset).toBe(9_050)
  })

  test('[ST7] believes the later of two exchanges that cannot both be right: the device\'s clock was set in between', () => {
    const device = new FakeTime()
    const clock = new ServerClock(device)
    exchange(device, clock, 10, 9_000)
    exchange(device, clock, 500, 9_200)
    expect(clock.offset).toBe(9_000)
    device.wall += 3_600_000
    exchange(device, clock, 500, 9_000 - 3_600_000)
    expect(clock.offset).toBe(9_000 - 3_600_000)
  })

  test('[ST7] measures the way by a clock that nobody sets', () => {
    const device = new FakeTime()
    const clock = new ServerClock(device)
    const begun = clock.begin()
    device.pass(50)
    const serverTime = timeText(device.wall + 9_000)
    device.wall -= 3_600_000
    device.pass(50)
    clock.end(begun, serverTime)
    expect(clock.offset).toBe(9_000)
  })
})

/** An exchange that takes so long, with a server whose clock is off by so much. */
function exchange(device: FakeTime, clock: ServerClock, way: number, offset: number): void {
  const begun = clock.begin()
  device.pass(way / 2)
  const serverTime = timeText(device.wall + offset)
  device.pass(way / 2)
  clock.end(begun, serverTime)
}

class FakeTime implements Time {
  wall = Date.UTC(2026, 10, 26)
  private ticks = 0

  pass(milliseconds: number): void {
    this.wall += milliseconds
    this.ticks += milliseconds
  }

  now(): number {
    return this.wall
  }

  elapsed(): number {
    return this.ticks
  }

  delay(): Promise<void> {
    return Promise.resolve()
  }
}
