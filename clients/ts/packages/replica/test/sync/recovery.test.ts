import { expect, test } from 'vitest'
import { World } from '../../../../testing/world.js'

/** What the simulator found, each in its smallest form: lost answers, copied profiles and whole states meeting one another. */

test('[LV4] a change that a whole state held already leaves the overlay with its late answer', async () => {
  const world = new World()
  const [ana, ben] = [await world.deviceOf(world.ana), await world.deviceOf(world.ben)]
  const task = await ana.create('fence')
  await world.converge()
  await ben.write({ op: 'set', task, field: 'status', value: 'doing' })
  ben.transport.cutAt = ben.transport.requests + 1
  ben.transport.how = 'answer-lost'
  await ben.sync()
  world.server.remove(world.ben)
  await ben.sync()
  world.server.join(world.ben, 'Ben', 'member')

  await world.converge()
  await ana.write({ op: 'set', task, field: 'status', value: 'done' })
  await world.converge()

  expect(ben.shown(task).status).toBe('done')
})

test('[PU8] a change of another copy under the same number is not taken for the own one', async () => {
  const world = new World()
  const ana = await world.deviceOf(world.ana)
  const task = await ana.create('fence')
  await world.converge()
  const copy = await world.copyOf(ana)
  await ana.comment(task, 'from the first')
  await copy.comment(task, 'from the copy')
  await ana.sync()

  // The copy hears of the other one's change before it sends its own.
  const { base } = copy.mark
  expect(await copy.takeLive({ from: base, to: world.server.head, changes: world.server.log.slice(base) })).toBe(true)
  await world.converge()

  expect(ana.shown(task).comments.map(({ body }) => body)).toEqual(['from the first', 'from the copy'])
})

test('[PU9] what both copies made before they parted is answered to both, also where it was refused', async () => {
  const world = new World()
  const ana = await world.deviceOf(world.ana)
  const task = await ana.create('fence')
  await world.converge()
  world.server.refuses = (change) => (change.op === 'comment' && change.body === 'shared' ? { code: 'forbidden', detail: 'not this one' } : undefined)
  await ana.comment(task, 'shared')
  ana.transport.cutAt = ana.transport.requests + 1
  ana.transport.how = 'before-arrival'
  await ana.sync()
  const copy = await world.copyOf(ana)
  await ana.comment(task, 'from the first')
  await copy.comment(task, 'from the copy')

  await world.converge()

  expect(ana.shown(task).comments.map(({ body }) => body).sort()).toEqual(['from the copy', 'from the first'])
  for (const device of [ana, copy]) expect(device.rejected).toMatchObject([{ detail: 'not this one' }])
})

test('[PU9] two copies with the same unsent work go on under one id, and the work counts once', async () => {
  const world = new World()
  const ana = await world.deviceOf(world.ana)
  const task = await ana.create('fence')
  await world.converge()
  const copy = await world.copyOf(ana)
  await ana.comment(task, 'first')
  await ana.sync()
  await copy.comment(task, 'twice?')
  const third = await world.copyOf(copy)

  await world.converge()

  expect(copy.mark.replica).toBe(third.mark.replica)
  expect(ana.shown(task).comments.map(({ body }) => body)).toEqual(['first', 'twice?'])
})

test('[PL9] what a former replica sent is offered again, too, where a restored log lacks it', async () => {
  const world = new World()
  const ana = await world.deviceOf(world.ana)
  const task = await ana.create('fence')
  await world.converge()
  const backup = world.server.head
  const copy = await world.copyOf(ana)
  await copy.comment(task, 'under the old number')
  await copy.sync()
  await ana.comment(task, 'before the fork')
  await world.converge()
  await ana.comment(task, 'after the fork')
  await world.converge()
  world.server.restoreBackupOf(backup)
  await world.converge()
  expect(ana.shown(task).comments.map(({ body }) => body).sort()).toEqual(['after the fork', 'before the fork', 'under the old number'])
})

test('[PL9] what was sent is kept 30 days from then, however old its stamp is', async () => {
  const world = new World()
  const ana = await world.deviceOf(world.ana)
  await ana.moveMark({ clock: { last: { wall: 0, counter: 0 }, seen: { wall: 0, counter: 0 } }, clockOffset: -40 * 24 * 60 * 60_000 })
  const task = await ana.create('made long ago')
  await ana.sync()
  const backup = 2
  expect(ana.store.read((reading) => reading.from(ana.mark.replica, 1))).toHaveLength(1)
  world.server.restoreBackupOf(backup)
  await world.converge()
  expect(ana.shown(task).title).toBe('made long ago')
})
