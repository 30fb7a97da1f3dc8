import type { PendingChange } from '@taskgrid/kernel'
import { digestTerm, digestText, foldDefinition, foldTask, followDigest, overlay, touchedBy } from '@taskgrid/kernel'
import type { CanonicalChange, Change, DefinitionLine, Effect, TaskId, TaskLine } from '@taskgrid/protocol'
import { readCanonicalChange } from '@taskgrid/protocol'
import { describe, expect, test } from 'vitest'
import { titleOf, vectors } from '../../../../testing/vectors.js'

describe('the fold of a task', () => {
  for (const vector of vectors<{ task: TaskId; before: TaskLine | null; change: object; after: TaskLine | null }>('fold.json')) {
    test(titleOf(vector, 'PL4'), () => {
      const before = vector.before ?? undefined
      const after = foldTask(before, readCanonicalChange(vector.change), vector.task)
      expect(after ?? null).toEqual(vector.after)
      if (before !== undefined && after !== undefined) expect(digestTerm(after) === digestTerm(before)).toBe(after === before)
    })
  }

  test('[TL2] a cascade touches each task that it names, the op\'s own first', () => {
    const [first] = vectors<{ change: CanonicalChange }>('fold.json')
    const change = { ...first?.change, effect: { deleted: ['b', 'a'], top: ['c'], restored: ['b'] } } as unknown as CanonicalChange
    expect(touchedBy(change)).toEqual(['0199cccc-0000-7000-8000-000000000001', 'b', 'a', 'c'])
  })
})

describe('definitions', () => {
  for (const vector of vectors<{ before: DefinitionLine | null; change: object; after: DefinitionLine }>('definitions.json')) {
    test(titleOf(vector, 'OP12'), () => {
      const change = readCanonicalChange(vector.change)
      if (change.op !== 'define') throw new TypeError(change.op)
      expect(foldDefinition(vector.before ?? undefined, change)).toEqual(vector.after)
    })
  }
})

interface Pending {
  readonly replica: string
  readonly user: string
  readonly change: Change
  readonly guess?: Effect
}

describe('the overlay', () => {
  for (const vector of vectors<{ confirmed: TaskLine | null; pending: readonly Pending[]; expect: TaskLine | null }>('overlay.json')) {
    test(titleOf(vector, 'LV4'), () => {
      const pending = vector.pending.map(({ replica, user, change, guess }): PendingChange => ({
        origin: { replica, n: change.n }, user, change, ...(guess === undefined ? {} : { guess }),
      }))
      expect(overlay(vector.confirmed ?? undefined, pending) ?? null).toEqual(vector.expect)
    })
  }
})

describe('the digest', () => {
  for (const vector of vectors<{ lines: readonly TaskLine[]; terms: readonly string[]; digest: string }>('digests.json')) {
    test(titleOf(vector, 'DG1'), () => {
      const terms = vector.lines.map(digestTerm)
      expect(terms.map(digestText)).toEqual(vector.terms)
      expect(digestText(terms.reduce((sum, term) => followDigest(sum, 0n, term), 0n))).toBe(vector.digest)
    })
  }

  test('[DG2] a changed line takes its old term out and puts its new one in', () => {
    expect(followDigest(followDigest(5n, 0n, 2n ** 64n - 1n), 2n ** 64n - 1n, 7n)).toBe(12n)
  })
})
