import { conflictsOf, readCanonicalChange, readChange, readFrame, readProblem, readPullAnswer, UnknownForm } from '@taskgrid/protocol'
import { describe, expect, test } from 'vitest'
import { titleOf, vectors } from '../../../testing/vectors.js'

const task = '0199a6a0-7c1e-7d3f-9a55-0c1c5d1f0a01'
const set = { n: 17, at: '2026-11-23T10:15:30.123Z/0004', clock: { base: 120 }, task, op: 'set', field: 'status', value: 'done' }

describe('reading what an author sends', () => {
  test('[OP1] a change of the specification is read as it stands', () => {
    expect(readChange(set)).toEqual({ change: set })
  })

  const wrong: readonly (readonly [string, object])[] = [
    ['[OP1] a member that the op does not have', { ...set, colour: 'red' }],
    ['[OP1] an unknown op', { ...set, op: 'toggle' }],
    ['[OP1] an unknown field', { ...set, field: 'colour' }],
    ['[OP5] set on a text', { ...set, field: 'title' }],
    ['[OP5] add to a register', { ...set, op: 'add' }],
    ['[ID5] an id in upper case', { ...set, task: task.toUpperCase() }],
    ['[ID7] a lone surrogate in a value', { ...set, field: 'custom.a', value: ['\ud83d'] }],
    ['[ID8] a status of 65 characters', { ...set, value: 'a'.repeat(65) }],
    ['[ST1] a stamp without its counter', { ...set, at: '2026-11-23T10:15:30.123Z' }],
    ['[ST1] a day that no month has', { ...set, at: '2026-02-30T10:15:30.123Z/0000' }],
    ['[CL1] a clock without base', { ...set, clock: {} }],
    ['[TX2] an edit that ends with a keep', { n: 1, at: set.at, clock: set.clock, task, op: 'text', field: 'title', edit: ['a', 3] }],
    ['[TX2] neighbours of one kind', { n: 1, at: set.at, clock: set.clock, task, op: 'text', field: 'title', edit: ['a', 'b'] }],
    ['[TR7] a task as its own parent', { ...set, field: 'parent', value: task }],
    ['[OP8] an empty comment', { n: 1, at: set.at, clock: set.clock, task, op: 'comment', comment: task, body: '' }],
    ['[OP12] a definition of another kind', { n: 1, at: set.at, clock: set.clock, op: 'define', kind: 'team', id: task, values: {} }],
    ['[CF9] a resolve that says both', { n: 1, at: set.at, clock: set.clock, op: 'resolve', conflict: task, choice: 1, value: 'a' }],
  ]
  for (const [name, change] of wrong) test(`${name} is a fault`, () => expect(readChange(change)).toHaveProperty('fault'))
})

describe('reading what the log holds', () => {
  for (const vector of vectors<{ change: object }>('fold.json')) {
    test(`${titleOf(vector, 'PL3')} is read as it stands`, () => expect(readCanonicalChange(vector.change)).toEqual(vector.change))
  }

  test('[CF6] all conflicts of a change are read, the first one first', () => {
    const note = (id: string) => ({ id: `0199ffff-0000-7000-8000-00000000000${id}`, kind: 'cycle', task, open: false, versions: [], rule: 'first-move-stands' })
    const change = readCanonicalChange({ ...known, conflict: note('1'), conflicts: [note('2'), note('3')] })
    expect(conflictsOf(change).map(({ id }) => id.at(-1))).toEqual(['1', '2', '3'])
    expect(() => readCanonicalChange({ ...known, conflict: note('1'), conflicts: [{ ...note('2'), kind: 'taste' }] })).toThrow(UnknownForm)
  })

  test.each(['push.json', 'trees.json', 'conflicts.json'])('[PL3] every change of the logs of %s is read as it stands', (file) => {
    const logs = vectors<{ pushes: readonly { log?: readonly object[] }[] }>(file).flatMap(({ pushes }) => pushes.flatMap(({ log = [] }) => log))
    expect(logs.length).toBeGreaterThan(10)
    expect(logs.map(readCanonicalChange)).toEqual(logs)
  })

  const [first] = vectors<{ change: object }>('fold.json')
  const known = first?.change ?? {}
  test.each([
    ['an op', { ...known, op: 'paint' }],
    ['a field', { ...known, op: 'set', field: 'colour', value: 'red' }],
    ['an effect', { ...known, effect: { coloured: true } }],
    ['a kind of conflict', { ...known, conflict: { id: task, kind: 'taste', task, open: false, versions: [], rule: 'transformed' } }],
  ])('[PL10] %s that is not known is told from what is broken', (_, change) => {
    expect(() => readCanonicalChange(change)).toThrow(UnknownForm)
  })

  test('[PL10] members that are not known are passed over', () => {
    expect(readCanonicalChange({ ...known, colour: 'red' })).toEqual(known)
  })

  test('[PL10] unknown members of answers are ignored', () => {
    const answer = { from: 0, to: 0, head: 0, more: false, changes: [], taken: 0, history: 'h', serverTime: '2026-11-23T10:15:30.123Z', mood: 'good' }
    expect(readPullAnswer(answer)).not.toHaveProperty('mood')
  })

  test('[WS3] a frame that cannot be read closes the connection as one that needs an update', () => {
    expect(readFrame('{"type":"changes","from":0,"to":1,"changes":[{"op":"paint"}]}')).toEqual({ type: 'closed', code: 4426 })
  })

  test('[ER1] a problem gets through whatever else it holds', () => {
    expect(readProblem(409, { code: 'gap', expected: 4, colour: 'red' })).toEqual({ status: 409, code: 'gap', title: 'gap', expected: 4 })
  })
})
