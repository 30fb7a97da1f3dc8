import type { ConflictNote, ConflictVersion } from '@taskgrid/protocol'
import { newId, shownConflicts } from '@taskgrid/replica'
import { describe, expect, test } from 'vitest'
import type { Device } from '../../../../testing/device.js'
import { World } from '../../../../testing/world.js'

describe('a conflict as its user sees it', () => {
  test('[CF9] of two values the one that stands and the one to flip to are told, and a decision flips them before it is sent', async () => {
    const { ana, task, conflict } = await ready({ kind: 'register', field: 'status', versions: [version(3, 'todo'), version(4, 'done')] })
    await ana.write({ op: 'set', task, field: 'status', value: 'done' })
    expect(one(ana)).toMatchObject({ standing: { seq: 4 }, other: { seq: 3 }, pending: undefined })
    await ana.write({ op: 'resolve', conflict, choice: 3 })
    expect(one(ana)).toMatchObject({ standing: { seq: 3 }, other: { seq: 4 }, pending: { op: 'resolve', choice: 3 } })
  })

  test('of several other values none is the one to flip to', async () => {
    const { ana, task } = await ready({ kind: 'register', field: 'status', versions: [version(3, 'todo'), version(4, 'done'), version(5, 'doing')] })
    await ana.write({ op: 'set', task, field: 'status', value: 'done' })
    expect(one(ana)).toMatchObject({ standing: { seq: 4 }, other: undefined })
    await ana.write({ op: 'set', task, field: 'status', value: 'elsewhere' })
    expect(one(ana)).toMatchObject({ standing: undefined, other: undefined })
  })

  test('[CF9] a restore answers whether a delete stands', async () => {
    const { ana, task } = await ready({ kind: 'deleted-edited', versions: [version(3, null, 'delete'), version(4, { field: 'title', value: 'x' }, 'text')] })
    await ana.write({ op: 'delete', task })
    expect(one(ana)).toMatchObject({ standing: { seq: 3 }, other: { seq: 4 }, pending: undefined })
    await ana.write({ op: 'restore', task })
    expect(one(ana)).toMatchObject({ standing: undefined, other: { seq: 3 }, pending: { op: 'restore' } })
  })

  test('[CF3] whether the merged text stands', async () => {
    const { ana, task } = await ready({ kind: 'text-overlap', field: 'title', merged: 'fence', versions: [version(3, 'a'), version(4, 'b')] })
    expect(one(ana)).toMatchObject({ mergedStands: true, standing: undefined })
    await ana.type(task, 'title', 'b')
    expect(one(ana)).toMatchObject({ mergedStands: false, standing: { seq: 4 }, other: { seq: 3 } })
  })

  test('[CF7] of equal values the version with the highest stamp stands', async () => {
    const early = { ...version(5, 'done'), at: '2026-11-23T10:15:30.122Z/0000' }
    const { ana, task } = await ready({ kind: 'register', field: 'status', versions: [version(3, 'todo'), version(4, 'done'), early] })
    await ana.write({ op: 'set', task, field: 'status', value: 'done' })
    expect(one(ana).standing?.seq).toBe(4)
  })
})

async function ready(more: Pick<ConflictNote, 'kind' | 'versions'> & Partial<ConflictNote>): Promise<{ ana: Device; task: string; conflict: string }> {
  const world = new World()
  const ana = await world.deviceOf(world.ana)
  const [task, conflict] = [await ana.create('fence'), newId()]
  await world.converge()
  await ana.store.write((writing) => writing.putConflict({ id: conflict, task, open: true, rule: 'later-stamp', ...more }))
  return { ana, task, conflict }
}

function one(device: Device): ReturnType<typeof shownConflicts>[number] {
  const [shown] = device.store.read((reading) => shownConflicts(reading, true))
  if (shown === undefined) throw new TypeError('no conflict')
  return shown
}

function version(seq: number, value: ConflictVersion['value'], op = 'set'): ConflictVersion {
  return { seq, op, value, user: newId(), replica: newId(), at: '2026-11-23T10:15:30.123Z/0000' }
}
