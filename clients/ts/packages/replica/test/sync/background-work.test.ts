import type { Priority } from '@taskgrid/replica'
import { BackgroundWork } from '@taskgrid/replica'
import { expect, test } from 'vitest'

const NEVER = new AbortController().signal

test('what is open comes before lists, files before upkeep, and equals in the order of asking', async () => {
  const work = new BackgroundWork(1)
  const order: string[] = []
  const gate = new Gate()
  const all = [work.add('upkeep', () => gate.passed, NEVER)]
  for (const [name, priority] of [['b', 'file'], ['sweep', 'upkeep'], ['list', 'list'], ['c', 'file'], ['open', 'open'], ['preview', 'preview']] as const)
    all.push(work.add(priority, () => Promise.resolve(order.push(name)).then(() => undefined), NEVER))
  gate.open()
  await Promise.all(all)
  expect(order).toEqual(['open', 'list', 'preview', 'b', 'c', 'sweep'])
})

test('no more than so many run at once', async () => {
  const work = new BackgroundWork(2)
  const gates = [new Gate(), new Gate(), new Gate()]
  let running = 0
  const all = gates.map((gate) => work.add('file', async () => {
    running++
    await gate.passed
    running--
  }, NEVER))
  await Promise.resolve()
  expect(running).toBe(2)
  gates[0]?.open()
  await all[0]
  await Promise.resolve()
  expect(running).toBe(2)
  for (const gate of gates) gate.open()
  await Promise.all(all)
})

test('one that fails is its caller\'s, and the next one runs', async () => {
  const work = new BackgroundWork(1)
  const failing = work.add('open', () => Promise.reject(new TypeError('no')), NEVER)
  const next = work.add('open', () => Promise.resolve('next'), NEVER)
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('next')
})

test('what is given up before its turn never begins', async () => {
  const work = new BackgroundWork(1)
  const gate = new Gate()
  const first = work.add('list', () => gate.passed, NEVER)
  const giveUp = new AbortController()
  const begun: Priority[] = []
  const second = work.add('open', () => Promise.resolve(begun.push('open')), giveUp.signal)
  giveUp.abort(new Error('closed'))
  await expect(second).rejects.toThrow('closed')
  await expect(work.add('open', () => Promise.resolve(1), giveUp.signal)).rejects.toThrow('closed')
  gate.open()
  await first
  expect(begun).toEqual([])
})

class Gate {
  open: () => void = () => undefined
  readonly passed = new Promise<void>((resolve) => {
    this.open = resolve
  })
}
