import { newId, OUTBOX, shownTasks } from '@taskgrid/replica'
import type { ChangeBody, Origin } from '@taskgrid/protocol'
import { expect, test } from 'vitest'
import type { Device } from '../../../../testing/device.js'
import { freshSeeds } from '../../../../testing/seeds.js'
import type { Seeded } from '../../../../testing/seeded.js'
import { seeded } from '../../../../testing/seeded.js'
import { Typist } from '../../../../testing/typist.js'
import { World } from '../../../../testing/world.js'

const STEPS = 120

/**
 * Several devices of two people do things at random, on a network that drops requests and answers, with restarts and refusals; then
 * everything drains. All replicas agree with the log, every change is in it or on its user's list, and what was typed stands in the text or
 * was refused.
 */
test.each([1, 2, 3, 4, 5, ...freshSeeds(3)])('[LG2] whatever happens, all replicas agree once it drains (seed %i)', async (seed) => {
  const world = new World()
  const run = new Run(world, seeded(seed), [await world.deviceOf(world.ana), await world.deviceOf(world.ana), await world.deviceOf(world.ben)])
  for (let step = 0; step < STEPS; step++) await run.step()
  await run.drain()

  await world.converge()

  expect(world.server.head).toBeGreaterThan(STEPS / 4)
  run.everyChangeIsAccountedFor()
}, 60_000)

class Run {
  private readonly world: World
  private readonly random: Seeded
  private readonly devices: readonly Device[]
  private readonly made = new Set<string>()
  private readonly typist: Typist

  constructor(world: World, random: Seeded, devices: readonly Device[]) {
    this.world = world
    this.random = random
    this.devices = devices
    this.typist = new Typist(random)
    world.server.refuses = ({ op, at }) =>
      (op === 'text' || op === 'set') && Number(at.slice(-4)) % 23 === 7 ? { code: 'forbidden', detail: 'by chance' } : undefined
  }

  async step(): Promise<void> {
    const { random } = this
    const device = random.pick(this.devices)
    this.world.server.answersStates = random.below(3) === 0
    const kind = random.below(14)
    if (kind < 6) return this.change(device)
    if (kind === 6) { device.restart(); return; }
    if (kind === 7) return this.live(device)
    // What a flipped bit would do: the digest differs at the next sync, and the whole state is fetched anew.
    if (kind === 10) return device.moveMark({ digest: device.mark.digest ^ 1n, resyncedAt: 0 })
    if (kind > 10) return this.loseAnAnswer(device)
    device.transport.cutAt = device.transport.requests + 1 + random.below(3)
    device.transport.how = random.pick(['none', 'before-arrival', 'answer-lost'])
    device.transport.duringPush = random.below(3) === 0 ? () => this.changeOnce(device) : undefined
    await device.sync()
    device.transport.duringPush = undefined
  }

  async drain(): Promise<void> {
    for (const device of this.devices) {
      device.transport.cutAt = 0
      await device.moveMark({ resyncedAt: 0 })
    }
    for (let round = 0; round < 2; round++) for (const device of this.devices) await device.sync()
  }

  everyChangeIsAccountedFor(): void {
    const rejected = this.devices.flatMap((device) => device.rejected)
    const known = new Set([...this.world.server.log.map(keyOf), ...rejected.map(({ origin }) => keyOf(origin))])
    expect([...this.made].filter((origin) => !known.has(origin))).toEqual([])
    const edits = [...this.world.server.log, ...rejected.map(({ change }) => change)].flatMap((change) => (change.op === 'text' ? change.edit : []))
    const inserted = edits.filter((part) => typeof part === 'string')
    expect(this.typist.typed.filter((word) => !inserted.some((part) => part.includes(word)))).toEqual([])
  }

  /** Sent, and the answer lost: what was sent comes back live, beside what others did. */
  private async loseAnAnswer(device: Device): Promise<void> {
    await this.change(device)
    await this.change(device)
    device.transport.cutAt = device.transport.requests + 1
    device.transport.how = 'answer-lost'
    await device.sync()
    await this.live(device)
  }

  /**
   * Some of the log comes live, one change at a time. An own edit that comes back must be what its author was shown all along: that is what
   * moving pending text over foreign edits is for.
   */
  private async live(device: Device): Promise<void> {
    const { base, history } = device.mark
    if (history === null) return
    for (const change of this.world.server.log.slice(base, base + 1 + this.random.below(60))) {
      const { replica, n, seq } = change
      const own = replica === null || n === null ? undefined : device.store.read((reading) => reading.find({ replica, n }))
      if (change.op === 'text' && own !== undefined && own.state < OUTBOX.done) expect(own.shown).toEqual(change.edit)
      expect(await device.takeLive({ from: seq - 1, to: seq, changes: [change] })).toBe(true)
    }
  }

  /** What its user does while the push is under way; only then, or the pushes would never end. */
  private changeOnce(device: Device): Promise<void> {
    device.transport.duringPush = undefined
    return this.change(device)
  }

  private async change(device: Device): Promise<void> {
    const tasks = device.store.read(shownTasks)
    if (tasks.length === 0 || this.random.below(8) === 0) {
      await device.create(this.typist.word('task'))
      return
    }
    const { line } = this.random.pick(tasks)
    this.made.add(keyOf(await device.write(this.bodyOn(line.id, line.title))))
  }

  private bodyOn(task: string, title: string): ChangeBody {
    switch (this.random.below(6)) {
      case 0:
        return { op: 'set', task, field: 'status', value: this.typist.word('s') }
      case 1:
        return { op: 'add', task, field: 'labels', value: `l${this.random.below(4)}` }
      case 2:
        return { op: 'remove', task, field: 'labels', value: `l${this.random.below(4)}` }
      case 3:
        return { op: 'comment', task, comment: newId(), body: this.typist.word('c') }
      default:
        return { op: 'text', task, field: 'title', edit: this.typist.edit(title) }
    }
  }
}

function keyOf({ replica, n }: { readonly replica: string | null; readonly n: number | null } | Origin): string {
  return `${replica ?? ''}/${n ?? 0}`
}
