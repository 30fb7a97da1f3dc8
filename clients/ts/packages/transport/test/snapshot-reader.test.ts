import { digestTerm, digestText, followDigest } from '@taskgrid/kernel'
import type { TaskLine } from '@taskgrid/protocol'
import { SnapshotReader } from '@taskgrid/transport'
import { UnknownForm } from '@taskgrid/protocol'
import { describe, expect, test } from 'vitest'
import { titleOf, vectors } from '../../../testing/vectors.js'

const lines = vectors<{ lines: readonly TaskLine[] }>('digests.json').at(-1)?.lines ?? []
const tasks = lines.map((line, i) => ({ ...line, id: `0199cccc-0000-7000-8000-00000000000${i}` }))
const digest = digestText(tasks.reduce((sum, line) => followDigest(sum, 0n, digestTerm(line)), 0n))
const member = { kind: 'member', member: '0199bbbb-0000-7000-8000-000000000001', name: 'Ana', role: 'owner' }
const label = { kind: 'label', id: '0199ffff-0000-7000-8000-000000000001', seq: 1, values: { name: 'Garden' } }
const head = { seq: 9, count: tasks.length, taken: 3, digest, history: 'h' }

describe('snapshots', () => {
  for (const vector of vectors<{ lines: readonly object[]; expect: string }>('snapshots.json'))
    test(titleOf(vector, 'SN1'), () => expect(takenAs(vector.lines)).toBe(vector.expect))

  test('[SN1] lines are read wherever the pieces are cut', () => {
    const text = [head, member, label, ...tasks].map((line) => JSON.stringify(line)).join('\n')
    for (const size of [1, 7, 1000, text.length]) {
      const reader = new SnapshotReader(() => undefined)
      for (let at = 0; at < text.length; at += size) reader.take(text.slice(at, at + size))
      expect(reader.end()).toMatchObject({ kind: 'answered', value: { head, members: [member], definitions: [label], tasks: tasks.map((line) => ({ line })) } })
    }
  })

  test('[SN1] one that ends early is thrown away', () => {
    expect(readAll(head, ...tasks.slice(1))).toEqual({ kind: 'unreachable', detail: 'the snapshot ended early' })
    expect(readAll()).toMatchObject({ kind: 'unreachable' })
  })

  test('[SN5] one whose digest is not that of its tasks is thrown away', () => {
    expect(readAll({ ...head, digest: '0000000000000000' }, ...tasks)).toMatchObject({ kind: 'unreachable' })
  })

  test('[SN4] a line of a kind that is not known asks for an update', () => {
    expect(() => readAll(head, { kind: 'team' }, ...tasks)).toThrow(UnknownForm)
  })

  test('[TL1] a task with a member that is not known asks for an update', () => {
    expect(() => readAll(head, ...tasks.map((task) => ({ ...task, mood: 'good' })))).toThrow(UnknownForm)
  })
})

function takenAs(all: readonly object[]): string {
  try {
    return (readAll(...all) as { readonly kind: string }).kind === 'answered' ? 'taken' : 'thrown away'
  } catch (error) {
    if (error instanceof UnknownForm) return 'stops'
    throw error
  }
}

function readAll(...all: readonly object[]): unknown {
  const reader = new SnapshotReader(() => undefined)
  for (const line of all) reader.take(`${JSON.stringify(line)}\n`)
  return reader.end()
}
