import { readFilter } from '@taskgrid/kernel'
import type { ConflictNote } from '@taskgrid/protocol'
import { findTasks, newId, shownDefinitions, shownTasks } from '@taskgrid/replica'
import { describe, expect, test } from 'vitest'
import type { Device } from '../../../../testing/device.js'
import { World } from '../../../../testing/world.js'

const titles = (device: Device, deleted = false) =>
  device.store.read(shownTasks).filter(({ line }) => line.deleted === deleted).map(({ line }) => line.title).sort()

describe('what a user sees', () => {
  test('[TR3] a pending delete hides the subtasks that are known under it, at any depth', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    const garden = await ana.create('garden')
    const fence = newId()
    await ana.write({ op: 'create', task: fence, values: { title: 'fence', parent: garden } })
    await world.converge()
    await ana.write({ op: 'create', task: newId(), values: { title: 'gate', parent: fence } })
    await ana.create('house')
    await ana.write({ op: 'delete', task: garden })
    expect([titles(ana), titles(ana, true)]).toEqual([['house'], ['fence', 'garden', 'gate']])
    await ana.write({ op: 'restore', task: garden })
    expect(titles(ana)).toEqual(['fence', 'garden', 'gate', 'house'])
  })

  test('[LV4] confirmed tasks are never overwritten by pending ones', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    const task = await ana.create('fence')
    await world.converge()
    const before = ana.store.read((reading) => reading.task(task))
    await ana.type(task, 'title', 'fence, blue')
    expect(ana.store.read((reading) => reading.task(task))).toBe(before)
    expect(ana.store.read(shownTasks)).toMatchObject([{ line: { title: 'fence, blue' }, pending: true }])
  })

  test('[OP12] a label is shown with its pending properties, one that was never sent, too', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    const label = newId()
    await ana.write({ op: 'define', kind: 'label', id: label, values: { name: 'garden', color: 'green' } })
    await ana.write({ op: 'define', kind: 'label', id: label, values: { color: null } })
    expect(ana.store.read(shownDefinitions)).toEqual([{ kind: 'label', id: label, seq: 0, values: { name: 'garden' } }])
  })

  test.each([
    ['a register takes the chosen value', 'register', { choice: 3 }, { status: 'todo' }],
    ['a register takes another value', 'register', { value: 'doing' }, { status: 'doing' }],
    ['a task comes back', 'deleted-edited', { choice: 3 }, { deleted: false }],
    ['a task stays deleted', 'deleted-edited', { choice: 4 }, { deleted: true }],
    ['a task comes back by value', 'deleted-edited', { value: false }, { deleted: false }],
    ['a text waits for the server', 'text-overlap', { choice: 3 }, { title: 'fence' }],
  ] as const)('[CF10] of a pending resolve is shown what is plain: %s', async (_, kind, decision, shown) => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    const task = await ana.create('fence')
    await ana.write({ op: 'set', task, field: 'status', value: 'done' })
    if (kind === 'deleted-edited') await ana.write({ op: 'delete', task })
    await world.converge()
    const note = conflict(task, kind)
    await ana.store.write((writing) => writing.putConflict(note))
    await ana.write({ op: 'resolve', conflict: note.id, ...decision })
    expect(ana.shown(task)).toMatchObject(shown)
  })

  test('[SE10] tasks are found by the names of members and labels that are only pending', async () => {
    const world = new World()
    const ana = await world.deviceOf(world.ana)
    await ana.sync()
    const label = newId()
    await ana.write({ op: 'define', kind: 'label', id: label, values: { name: 'Garden' } })
    await ana.write({ op: 'create', task: newId(), values: { title: 'fence', labels: [label], assignee: world.ben } })
    await ana.create('house')
    const found = (filter: string) => {
      const reading = readFilter(filter)
      if ('fault' in reading) throw new TypeError(reading.fault)
      return ana.store.read((store) => findTasks(store, { filter: reading.filter, today: '2026-11-26' }).map(({ line }) => line.title))
    }
    expect([found('label = garden'), found('assignee = ben'), found('assignee = me'), found('creator = me').length]).toEqual([['fence'], ['fence'], [], 2])
  })
})

function conflict(task: string, kind: 'register' | 'deleted-edited' | 'text-overlap'): ConflictNote {
  const [user, at] = [newId(), '2026-11-23T10:15:30.123Z/0000']
  return {
    id: newId(), kind, task, ...(kind === 'deleted-edited' ? {} : { field: kind === 'register' ? 'status' : 'title' }), open: true, rule: 'later-stamp',
    versions: [{ seq: 3, op: 'set', value: 'todo', user, replica: user, at }, { seq: 4, op: kind === 'deleted-edited' ? 'delete' : 'set', value: null, user, replica: user, at }],
  }
}
