import type { CommentId, TaskId } from '@taskgrid/protocol'
import { newId } from '@taskgrid/replica'
import { expect, test } from 'vitest'
import { Crash } from '../../../../testing/crashing-store.js'
import type { Device } from '../../../../testing/device.js'
import { World } from '../../../../testing/world.js'

test.each([false, true])('[PU4] a client that dies at any of its writes (after the commit: %s) loses nothing and does nothing twice', async (afterCommit) => {
  let crashAt = 0
  for (let crashed = true; crashed; ) {
    const world = new World()
    const [ana, ben] = [await world.deviceOf(world.ana), await world.deviceOf(world.ben)]
    const shared = await ben.create('fence')
    await world.converge()
    ana.store.arm(++crashAt, afterCommit)
    const steps = new Steps(ana, shared)

    await steps.run()
    await ben.type(shared, 'title', 'fence, blue')
    await ben.sync()
    await steps.run()
    crashed = ana.store.crashed
    ana.store.arm(0, afterCommit)

    await world.converge()

    expect(ben.shown(shared)).toMatchObject({ title: 'The fence, blue', labels: ['garden'] })
    expect(ben.shown(shared).comments).toHaveLength(1)
    expect(ana.rejected).toEqual([])
  }
  expect(crashAt).toBeGreaterThanOrEqual(8)
  expect(crashAt).toBeLessThanOrEqual(40)
})

/** What Ana does, each step once. After a crash her program starts again and goes on with the step that she saw fail. */
class Steps {
  private readonly ana: Device
  private readonly task: TaskId
  private readonly comment: CommentId = newId()
  private done = 0

  constructor(ana: Device, task: TaskId) {
    this.ana = ana
    this.task = task
  }

  async run(): Promise<void> {
    for (const end = this.done + 3; this.done < end; ) {
      try {
        await this.step(this.done)
        this.done++
      } catch (error) {
        if (!(error instanceof Crash)) throw error
        this.ana.restart()
        if (this.stands(this.done)) this.done++
      }
    }
  }

  private step(step: number): Promise<unknown> {
    const { ana, task, comment } = this
    switch (step) {
      case 0:
        return ana.type(task, 'title', 'The fence')
      case 3:
        return ana.write({ op: 'add', task, field: 'labels', value: 'garden' })
      case 4:
        return ana.write({ op: 'comment', task, comment, body: 'Green?' })
      default:
        return ana.sync()
    }
  }

  /** What a person sees after the restart: it is there, so it is not done again. */
  private stands(step: number): boolean {
    const shown = this.ana.shown(this.task)
    return (step === 0 && shown.title === 'The fence') || (step === 3 && shown.labels.length === 1) || (step === 4 && shown.comments.length === 1)
  }
}
