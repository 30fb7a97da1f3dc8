import type { TaskStory } from '@taskgrid/replica'
import { fetchStory, taskStory } from '@taskgrid/replica'
import { expect, test } from 'vitest'
import type { Device } from '../../../../testing/device.js'
import { World } from '../../../../testing/world.js'

const NEVER = new AbortController().signal

async function storyOf(device: Device, task: string): Promise<TaskStory> {
  const journal = await device.store.journal(task)
  return device.store.read((reading) => taskStory(reading, journal, task))
}

const told = ({ steps }: TaskStory) => steps.map(({ change, before, after, pending }) => [change.op, before?.title, after?.title, pending])

test('what came change by change is told offline, with the own changes that are not sent yet at its end', async () => {
  const world = new World()
  const [ana, ben] = [await world.deviceOf(world.ana), await world.deviceOf(world.ben)]
  await world.converge()
  const task = await ana.create('fence')
  await world.converge()
  await ben.type(task, 'title', 'The fence')
  await world.converge()
  await ana.type(task, 'title', 'The fence, blue')

  const story = await storyOf(ana, task)
  expect(told(story)).toEqual([
    ['create', undefined, 'fence', false], ['text', 'fence', 'The fence', false], ['text', 'The fence', 'The fence, blue', true],
  ])
  expect(story.whole).toBe(true)
})

test('what came as a whole state is missing until it is fetched, and told from then on', async () => {
  const world = new World()
  const ana = await world.deviceOf(world.ana)
  const task = await ana.create('fence')
  await ana.write({ op: 'set', task, field: 'status', value: 'done' })
  await world.converge()
  const ben = await world.deviceOf(world.ben)
  await world.converge()
  expect(await storyOf(ben, task)).toEqual({ steps: [], whole: false })
  await ana.type(task, 'title', 'The fence')
  await world.converge()
  const partly = await storyOf(ben, task)
  expect([partly.whole, partly.steps.map(({ gap }) => gap)]).toEqual([false, [true]])

  expect(await fetchStory(ben.store, ben.transport, task, NEVER)).toEqual({ kind: 'answered', value: 3 })
  ben.transport.offline = true
  const story = await storyOf(ben, task)
  expect(story.whole).toBe(true)
  expect(told(story).map(([op, , after]) => [op, after])).toEqual([['create', 'fence'], ['set', 'fence'], ['text', 'The fence']])
  expect(await fetchStory(ben.store, ben.transport, task, NEVER)).toMatchObject({ kind: 'unreachable' })
})
