import { describe, expect, test } from 'vitest'
import type { Cut } from '../../../../testing/fake-transport.js'
import { World } from '../../../../testing/world.js'

describe('an exchange with the server', () => {
  test('what one device writes offline the other sees after both synced', async () => {
    const world = new World()
    const [ana, ben] = [await world.deviceOf(world.ana), await world.deviceOf(world.ben)]
    const task = await ana.create('Paint the fence')
    await ana.write({ op: 'set', task, field: 'status', value: 'doing' })
    await ana.write({ op: 'add', task, field: 'labels', value: 'garden' })
    await ana.comment(task, 'Green?')
    expect(ana.shown(task).status).toBe('doing')

    await world.converge()

    expect(ben.shown(task)).toMatchObject({ title: 'Paint the fence', status: 'doing', labels: ['garden'], comments: [{ body: 'Green?' }] })
  })

  test('[TX7] both type into one title offline and nothing typed is lost', async () => {
    const world = new World()
    const [ana, ben] = [await world.deviceOf(world.ana), await world.deviceOf(world.ben)]
    const task = await ana.create('Paint the fence')
    await world.converge()
    await ana.type(task, 'title', 'Paint the garden fence')
    await ben.type(task, 'title', 'Paint the fence blue')

    await world.converge()

    expect([ana.shown(task).title, ben.shown(task).title]).toEqual(['Paint the garden fence blue', 'Paint the garden fence blue'])
  })

  test('[LV4] pending text moves over what comes in while what is sent stays as made', async () => {
    const world = new World()
    const [ana, ben] = [await world.deviceOf(world.ana), await world.deviceOf(world.ben)]
    const task = await ana.create('fence')
    await world.converge()
    await ben.type(task, 'title', 'fence blue')
    await ana.type(task, 'title', 'The fence')
    await ana.sync()
    const made = ben.pending[0]?.raw

    // Ana's edit arrives by a live frame while Ben's is still in his outbox.
    const { base } = ben.mark
    expect(await ben.takeLive({ from: base, to: world.server.head, changes: world.server.log.slice(base) })).toBe(true)

    expect(ben.shown(task).title).toBe('The fence blue')
    expect(ben.pending[0]?.raw).toBe(made)
    await world.converge()
    expect(ana.shown(task).title).toBe('The fence blue')
  })

  test('[LV3] a live frame with a gap before it is not taken', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    await ana.sync()
    const before = ana.mark
    expect(await ana.takeLive({ from: before.base + 1, to: before.base + 2, changes: [] })).toBe(false)
    expect(ana.mark).toEqual(before)
  })

  test('[TX8] typing that was never sent is one change, and what was sent is left alone', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    const task = await ana.create('a')
    await ana.sync()
    for (const text of ['ab', 'abc', 'abcd']) await ana.type(task, 'title', text)
    expect(ana.pending).toHaveLength(1)

    ana.transport.duringPush = () => {
      ana.transport.duringPush = undefined
      return ana.type(task, 'title', 'abcd!')
    }
    await world.converge()

    expect(ana.shown(task).title).toBe('abcd!')
    expect(world.server.log.filter(({ op }) => op === 'text')).toHaveLength(2)
  })

  test('[CL3] typing that goes on after something came in is a change of its own', async () => {
    const world = new World()
    const [ana, ben] = [await world.deviceOf(world.ana), await world.deviceOf(world.ben)]
    const task = await ana.create('fence')
    await world.converge()
    await ana.type(task, 'title', 'fence, b')
    await ben.type(task, 'title', 'The fence')
    await ben.sync()
    const { base } = ana.mark
    await ana.takeLive({ from: base, to: world.server.head, changes: world.server.log.slice(base) })
    await ana.type(task, 'title', 'The fence, blue')

    expect(ana.pending.map(({ change }) => change.clock.base)).toEqual([base, world.server.head])
    await world.converge()
    expect(ben.shown(task).title).toBe('The fence, blue')
  })

  test.each(['before-arrival', 'answer-lost'] as const)('[PU4] a request that is cut at any place (%s) changes nothing twice', async (how: Cut) => {
    let points = Infinity
    for (let cutAt = 1; cutAt <= points; cutAt++) {
      const world = new World()
      const [ana, ben] = [await world.deviceOf(world.ana), await world.deviceOf(world.ben)]
      ana.transport.cutAt = cutAt
      ana.transport.how = how
      const task = await ana.create('fence')
      for (const device of [ana, ben, ana]) await device.sync()
      await ana.type(task, 'title', 'fence one')
      await ben.create('other')
      for (const device of [ben, ana]) await device.sync()
      ana.restart()
      await ana.type(task, 'title', 'fence one two')
      for (const device of [ana, ana]) await device.sync()
      ana.transport.cutAt = 0
      points = Math.min(points, ana.transport.requests)

      await world.converge()

      expect(ben.shown(task).title).toBe('fence one two')
      expect(world.server.tasks.size).toBe(2)
    }
    expect(points).toBeGreaterThanOrEqual(6)
  })

  test('[PU13] a refused change leaves the view and stays on its user\'s list', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    const task = await ana.create('fence')
    await ana.sync()
    world.server.refuses = ({ op }) => (op === 'set' ? { code: 'forbidden', detail: 'no' } : undefined)
    await ana.write({ op: 'set', task, field: 'status', value: 'done' })
    await ana.write({ op: 'add', task, field: 'labels', value: 'garden' })

    await world.converge()

    expect(ana.shown(task)).not.toHaveProperty('status')
    expect(ana.shown(task).labels).toEqual(['garden'])
    const [rejected] = ana.rejected
    expect(rejected).toMatchObject({ code: 'forbidden', detail: 'no' })
    if (rejected === undefined) return

    world.server.refuses = () => undefined
    expect(await ana.replica.retry(rejected)).toMatchObject({ kind: 'written' })
    await world.converge()
    expect(world.server.tasks.get(task)?.status).toBe('done')
    expect(ana.rejected).toEqual([])
  })

  test('[PU13] text typed after an edit that is refused is expressed anew without it', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    const task = await ana.create('fence')
    await ana.sync()
    world.server.refuses = (change) => (change.op === 'text' && change.edit[0] === 'bad ' ? { code: 'invalid', detail: 'bad' } : undefined)
    await ana.type(task, 'title', 'bad fence')
    ana.transport.duringPush = () => {
      ana.transport.duringPush = undefined
      return ana.type(task, 'title', 'bad fence, blue')
    }

    await world.converge()

    expect(world.server.tasks.get(task)?.title).toBe('fence, blue')
    expect(ana.shown(task).title).toBe('fence, blue')
    expect(ana.rejected).toHaveLength(1)
  })

  test('[PU9] a copied profile goes on under an id of its own', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    const task = await ana.create('fence')
    await ana.sync()
    const copy = await world.copyOf(ana)
    await ana.type(task, 'title', 'The fence')
    await ana.write({ op: 'add', task, field: 'labels', value: 'one' })
    await copy.type(task, 'title', 'fence!')
    await copy.write({ op: 'add', task, field: 'labels', value: 'two' })

    await world.converge()

    expect(ana.shown(task).title).toBe('The fence!')
    expect(copy.shown(task).labels).toEqual(['one', 'two'])
    expect(copy.mark.replica).not.toBe(ana.mark.replica)
  })

  test('[PU6] a gap is sent again from the number that the server expects', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    const task = await ana.create('fence')
    await ana.sync()
    await ana.write({ op: 'add', task, field: 'labels', value: 'one' })
    // A store that believes its change to be answered, where the server never saw it.
    await ana.store.write((writing) => {
      for (const row of writing.pending()) writing.replace({ ...row, state: 2, seq: 99 })
    })
    await ana.write({ op: 'add', task, field: 'labels', value: 'two' })

    await world.converge()

    expect(ana.shown(task).labels).toEqual(['one', 'two'])
  })

  test('[PL9] a server restored from an older backup is offered again what it lost', async () => {
    const world = new World()
    const [ana, ben] = [await world.deviceOf(world.ana), await world.deviceOf(world.ben)]
    const old = await ana.create('old')
    await world.converge()
    const backup = world.server.head
    await ana.type(old, 'title', 'old, with more')
    const lost = await ana.create('lost')
    await world.converge()
    await ana.write({ op: 'set', task: lost, field: 'status', value: 'done' })
    world.server.restoreBackupOf(backup)
    world.server.join(world.ben, 'Ben', 'admin')

    await world.converge()

    expect(ben.shown(old).title).toBe('old, with more')
    expect(ben.shown(lost)).toMatchObject({ title: 'lost', status: 'done' })
    expect(ana.rejected).toEqual([])
  })

  test('[DG2] a digest that differs brings a snapshot, and pending text survives it', async () => {
    const world = new World()
    const [ana, ben] = [await world.deviceOf(world.ana), await world.deviceOf(world.ben)]
    const task = await ana.create('fence')
    await world.converge()
    await ben.type(task, 'title', 'The old fence')
    await ben.sync()
    await ana.type(task, 'title', 'fence, blue')
    await ana.moveMark({ digest: 1n })

    await ana.sync()
    await world.converge()

    expect(ana.shown(task).title).toBe('The old fence, blue')
    expect(ana.mark.resyncedAt).not.toBe(0)
  })

  test('[DG2] a digest that differs again within 10 minutes brings no other snapshot', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    await ana.create('fence')
    await world.converge()
    await ana.moveMark({ digest: 1n, resyncedAt: Date.now() - 9 * 60_000 })
    expect(await ana.sync()).toEqual({ kind: 'up-to-date' })
    expect(ana.mark.digest).toBe(1n)
    await ana.moveMark({ resyncedAt: Date.now() - 11 * 60_000 })
    await world.converge()
  })

  test('[PL8] pending text survives whole states taken over it', async () => {
    const world = new World()
    const [ana, ben] = [await world.deviceOf(world.ana), await world.deviceOf(world.ben)]
    const task = await ana.create('fence')
    await world.converge()
    world.server.answersStates = true
    await ben.type(task, 'title', 'The fence')
    await ben.sync()
    await ana.type(task, 'title', 'fence, blue')

    await world.converge()

    expect(ana.shown(task).title).toBe('The fence, blue')
  })

  test('[PU12] a change that no request can carry is refused here and its number used up', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    const before = await ana.create('before')
    await ana.sync()
    await ana.write({ op: 'set', task: before, field: 'status', value: 'done' })
    await ana.create('big', 'x'.repeat(5000))
    const after = await ana.create('after')
    ana.transport.most = 4000

    await world.converge()

    expect(world.server.tasks.has(after)).toBe(true)
    expect(ana.rejected).toMatchObject([{ code: 'too_large' }])
    expect(world.server.log.some(({ op }) => op === 'void')).toBe(true)
  })

  test('[AC5] lost access drops the tasks and keeps the outbox until access returns', async () => {
    const world = new World()
    const [ana, ben] = [await world.deviceOf(world.ana), await world.deviceOf(world.ben)]
    const task = await ana.create('fence')
    await world.converge()
    await ben.type(task, 'title', 'fence, blue')
    world.server.remove(world.ben)

    expect(await ben.sync()).toEqual({ kind: 'access-lost' })
    expect(ben.store.read((reading) => reading.taskCount())).toBe(0)
    expect(ben.pending).toHaveLength(1)
    expect(await ben.sync()).toEqual({ kind: 'access-lost' })

    world.server.join(world.ben, 'Ben', 'member')
    await world.converge()
    expect(ana.shown(task).title).toBe('fence, blue')
  })

  test('[PL8] pending text reads right on a state that came whole, before the server has any of it', async () => {
    const world = new World()
    const [ana, ben] = [await world.deviceOf(world.ana), await world.deviceOf(world.ben)]
    const task = await ana.create('fence')
    await world.converge()
    await ben.type(task, 'title', 'fence, blue')
    world.server.remove(world.ben)
    await ben.sync()
    await ana.type(task, 'title', 'The old fence')
    await ana.sync()
    world.server.join(world.ben, 'Ben', 'member')

    expect(await ben.exchange.run(0, new AbortController().signal)).toEqual({ kind: 'more' })

    expect(ben.pending).toHaveLength(1)
    expect(ben.shown(task).title).toBe('The old fence, blue')
    await world.converge()
    expect(ana.shown(task).title).toBe('The old fence, blue')
  })

  test('[ST6] a device whose clock is years ahead is held and comes down', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    const task = await ana.create('fence')
    await ana.sync()
    const ahead = Date.now() + 3 * 365 * 24 * 60 * 60_000
    await ana.moveMark({ clock: { ...ana.mark.clock, last: { wall: ahead, counter: 0 } } })
    await ana.write({ op: 'set', task, field: 'status', value: 'doing' })
    await ana.sync()

    expect(ana.mark.clock.last.wall).toBeLessThan(ahead)
    await world.converge()
  })
})
