import type { CanonicalChange, Change, ChangeResult, TaskLine } from '@taskgrid/protocol'
import { readCanonicalChange, UnknownForm } from '@taskgrid/protocol'
import type { OutboxChange, ReplicaStore, ReplicaWriting } from '@taskgrid/replica'
import { freshMark, newId, OUTBOX, shownTask } from '@taskgrid/replica'
import { MemoryReplicaStore } from '@taskgrid/storage-memory'
import { describe, expect, test } from 'vitest'
import { titleOf, vectors } from '../../../../testing/vectors.js'
import { takeChanges } from '../../src/sync/log-intake.js'
import { takeResults } from '../../src/sync/result-intake.js'
import { MissedEdits, takeStates } from '../../src/sync/whole-states.js'

interface Page {
  readonly from: number
  readonly to: number
  readonly changes: readonly object[]
}

interface Step {
  readonly results?: readonly ChangeResult[]
  readonly changes?: Page
  readonly states?: Page & { readonly taken: number; readonly states: readonly TaskLine[] }
  readonly expect: Expected
}

interface Expected {
  readonly base: number
  readonly pending: readonly object[]
  readonly rejected: readonly object[]
  readonly shown: Partial<TaskLine>
  readonly task?: string
  readonly pull?: true
  readonly stops?: true
}

interface Intake {
  readonly user: string
  readonly replica: string
  readonly base: number
  readonly tasks: readonly TaskLine[]
  readonly outbox: readonly { readonly change: Change; readonly sent: boolean }[]
  readonly steps: readonly Step[]
}

const NOW = '2026-11-23T12:00:00.000Z'

/** What a client holds after each answer or frame, asked of the engine's own intake. */
describe('intake', () => {
  for (const vector of vectors<Intake>('intake.json'))
    test(titleOf(vector, 'LV4'), async () => {
      const store = await open(vector)
      const raw = new Map(store.read((reading) => reading.pending()).map((row) => [row.origin.n, row.raw]))
      for (const step of vector.steps) {
        const { base, pending, rejected, shown, task = vector.tasks[0]?.id ?? '', pull = false, stops = false } = step.expect
        expect(await take(store, step)).toBe(stops ? 'stopped' : pull ? 'pull' : 'taken')
        expect(held(store)).toEqual({ base, pending, rejected })
        for (const row of store.read((reading) => reading.pending()).filter(({ state }) => state !== OUTBOX.unsent)) expect(row.raw).toBe(raw.get(row.origin.n))
        expect(store.read((reading) => shownTask(reading, task))).toMatchObject(shown)
      }
    })
})

async function open({ user, replica, base, tasks, outbox }: Intake): Promise<ReplicaStore> {
  const store = new MemoryReplicaStore({ ...freshMark(newId(), user, replica), base, history: 'h', nextN: outbox.length + 1 })
  await store.write((writing) => {
    for (const line of tasks) writing.putTask(line)
    for (const { change, sent } of outbox) writing.append(rowOf(change, sent, replica))
  })
  return store
}

function rowOf(change: Change, sent: boolean, replica: string): Omit<OutboxChange, 'place'> {
  return {
    origin: { replica, n: change.n }, change, raw: JSON.stringify(change), state: sent ? OUTBOX.sent : OUTBOX.unsent,
    ...('task' in change ? { task: change.task } : {}), ...(change.op === 'text' ? { shown: change.edit } : {}),
  }
}

async function take(store: ReplicaStore, step: Step): Promise<'taken' | 'pull' | 'stopped'> {
  try {
    return (await store.write((writing) => takeStep(writing, step))) ? 'taken' : 'pull'
  } catch (error) {
    if (error instanceof UnknownForm) return 'stopped'
    throw error
  }
}

function takeStep(writing: ReplicaWriting, { results, changes, states }: Step): boolean {
  if (results !== undefined) takeResults(writing, writing.mark.replica, results, Date.parse(NOW), NOW)
  if (changes !== undefined) return takeChanges(writing, changes.from, changes.to, read(changes))
  if (states === undefined) return true
  const { from, to, taken } = states
  const answer = { from, to, head: to, more: false, changes: read(states), taken, history: 'h', serverTime: NOW }
  return takeStates(writing, answer, states.states, new MissedEdits())
}

function read({ changes }: Page): readonly CanonicalChange[] {
  return changes.map(readCanonicalChange)
}

function held(store: ReplicaStore): Pick<Expected, 'base' | 'pending' | 'rejected'> {
  return store.read((reading) => ({
    base: reading.mark.base,
    pending: reading.pending().map(({ origin: { n }, shown: edit }) => (edit === undefined ? { n } : { n, edit })),
    rejected: reading.rejected().map(({ origin: { n }, code }) => ({ n, code })),
  }))
}
