import type { ChangeBody, Role } from '@taskgrid/protocol'
import { newId } from '@taskgrid/replica'
import { describe, expect, test } from 'vitest'
import type { Device } from '../../../../testing/device.js'
import { World } from '../../../../testing/world.js'

describe('what the server would refuse is refused before it is written', () => {
  test.each([
    ['[OP1] a value of the wrong form', 'invalid', (task: string): ChangeBody => ({ op: 'set', task, field: 'dueDate', value: 'soon' })],
    ['[OP2] a task that is there', 'exists', (task: string): ChangeBody => ({ op: 'create', task, values: { title: 'again' } })],
    ['[OP3] a task that is not there', 'unknown', (): ChangeBody => ({ op: 'restore', task: newId() })],
    ['[OP8] an answer to a comment that is not there', 'unknown', (task: string): ChangeBody => ({ op: 'comment', task, comment: newId(), body: 'x', parent: newId() })],
    ['[OP9] an edit of a comment that is not there', 'unknown', (task: string): ChangeBody => ({ op: 'editComment', task, comment: newId(), body: 'x' })],
    ['[OP10] a title beyond 4 KiB', 'invalid', (task: string): ChangeBody => ({ op: 'text', task, field: 'title', edit: ['é'.repeat(2048)] })],
    ['[TX2] an edit past the end', 'invalid', (task: string): ChangeBody => ({ op: 'text', task, field: 'title', edit: [6, 'x'] })],
    ['[CF9] a conflict that is not there', 'unknown', (): ChangeBody => ({ op: 'resolve', conflict: newId(), choice: 1 })],
  ])('%s', async (_, code, body) => {
    const { ana, task } = await ready()
    expect(await ana.replica.write([body(task)])).toMatchObject({ kind: 'refused', index: 0, code })
  })

  test('[OP10] a title of just 4 KiB is written', async () => {
    const { ana, task } = await ready()
    expect(await ana.replica.write([{ op: 'text', task, field: 'title', edit: ['x'.repeat(4096 - 5)] }])).toMatchObject({ kind: 'written' })
  })

  test('[TR2] a delete of what was never seen is written', async () => {
    const { ana } = await ready()
    expect(await ana.replica.write([{ op: 'delete', task: newId() }])).toMatchObject({ kind: 'written' })
  })

  test.each([['member', 'refused'], ['admin', 'written']] as const)('[OP9] another\'s comment is left alone by a %s: %s', async (role: Role, kind) => {
    const { world, ana, task } = await ready()
    const comment = await ana.comment(task, 'Green?')
    await world.converge()
    world.server.join(world.ben, 'Ben', role)
    const ben = await world.deviceOf(world.ben)
    await ben.sync()
    expect(await ben.replica.write([{ op: 'deleteComment', task, comment }])).toMatchObject({ kind })
  })

  test('[AC3] a viewer writes nothing', async () => {
    const { world } = await ready()
    world.server.join(world.ben, 'Ben', 'viewer')
    const ben = await world.deviceOf(world.ben)
    await ben.sync()
    expect(await ben.replica.write([{ op: 'delete', task: newId() }])).toMatchObject({ kind: 'refused', code: 'forbidden' })
  })

  test('changes are made of what is shown at this moment, in one transaction', async () => {
    const { ana, task } = await ready()
    await Promise.all(['a', 'b', 'c'].map((letter) => ana.replica.write(() => [{ op: 'text', task, field: 'title', edit: [ana.shown(task).title.length, letter] }])))
    expect(ana.shown(task).title).toBe('fenceabc')
  })
})

async function ready(): Promise<{ readonly world: World; readonly ana: Device; readonly task: string }> {
  const world = new World()
  const ana = await world.deviceOf(world.ana)
  const task = await ana.create('fence')
  await ana.sync()
  return { world, ana, task }
}
