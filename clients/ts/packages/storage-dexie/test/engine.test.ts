import { expect, test } from 'vitest'
import { openDexie } from '../../../testing/dexie.js'
import { World } from '../../../testing/world.js'

/** The engine's own tests run on memory; what differs on IndexedDB is that every transaction waits for the disk. */
test('[LG2] devices on IndexedDB converge, whatever is cut between them', async () => {
  const world = new World(openDexie)
  const [ana, ben] = [await world.deviceOf(world.ana), await world.deviceOf(world.ben)]
  const task = await ana.create('fence')
  await world.converge()
  for (const how of ['before-arrival', 'answer-lost'] as const) {
    await ana.type(task, 'title', `${ana.shown(task).title} a`)
    await ben.type(task, 'title', `b ${ben.shown(task).title}`)
    await ana.comment(task, 'c')
    for (const device of [ana, ben]) {
      device.transport.cutAt = device.transport.requests + 1
      device.transport.how = how
      await device.sync()
      device.restart()
    }
  }
  await world.converge()
  expect(ana.shown(task).title).toBe('b b fence a a')
  expect(ben.shown(task).comments).toHaveLength(2)
  await world.close()
})
