import type { ObservedSet, Register } from '@taskgrid/kernel'
import { EMPTY_REGISTER, needsRekey, orderKeyBetween, removeObserved, spreadOrderKeys, valuesOf, writeRegister } from '@taskgrid/kernel'
import type { CausalClock, JsonValue } from '@taskgrid/protocol'
import { stampOf, stampText } from '@taskgrid/protocol'
import { describe, expect, test } from 'vitest'
import { seeded } from '../../../../testing/seeded.js'
import { titleOf, vectors } from '../../../../testing/vectors.js'

interface Write {
  readonly replica: string
  readonly n: number
  readonly at: string
  readonly value: JsonValue
  readonly clock: CausalClock
  readonly expect: { readonly applied: boolean; readonly at: string; readonly value: JsonValue; readonly rival?: number }
}

describe('registers', () => {
  for (const vector of vectors<{ writes: readonly Write[] }>('registers.json')) {
    test(titleOf(vector, 'OP4'), () => {
      let register: Register = EMPTY_REGISTER
      for (const [i, { replica, n, at, value, clock, expect: wanted }] of vector.writes.entries()) {
        const write = writeRegister(register, { seq: i + 1, origin: { replica, n }, at: stampOf(at), value }, clock)
        register = write.next
        const rival = write.rival === undefined ? {} : { rival: write.rival.seq }
        expect({ applied: write.applied, at: stampText(write.entry.at), value: register.current?.value, ...rival }).toEqual(wanted)
      }
    })
  }
})

type Step = { readonly replica: string; readonly n: number; readonly expect: readonly string[] } & (
  { readonly add: string } | { readonly remove: string; readonly clock: CausalClock; readonly gone: boolean }
)

describe('sets', () => {
  for (const vector of vectors<{ steps: readonly Step[] }>('sets.json')) {
    test(titleOf(vector, 'OP6'), () => {
      let set: ObservedSet = []
      for (const [i, step] of vector.steps.entries()) {
        const origin = { replica: step.replica, n: step.n }
        if ('add' in step) set = [...set, { value: step.add, seq: i + 1, origin }]
        else {
          const [next, gone] = removeObserved(set, step.remove, origin, step.clock)
          expect(gone).toBe(step.gone)
          set = next
        }
        expect(valuesOf(set)).toEqual(step.expect)
      }
    })
  }
})

describe('order keys', () => {
  for (const vector of vectors<{ before: string | null; after: string | null; expect: string }>('order-keys.json')) {
    test(titleOf(vector, 'OP4'), () => expect(orderKeyBetween(vector.before, vector.after)).toBe(vector.expect))
  }

  test('there is always another key between two, and it is short while the list grows at its ends', () => {
    const random = seeded(11)
    const keys = [...spreadOrderKeys(20)]
    expect([...keys].sort()).toEqual(keys)
    for (let i = 0; i < 2000; i++) {
      const at = random.pick([0, keys.length, random.below(keys.length + 1)])
      const [before, after] = [keys[at - 1] ?? null, keys[at] ?? null]
      const key = orderKeyBetween(before, after)
      expect(key > (before ?? '') && (after === null || key < after) && /^[0-9A-Za-z]{1,64}$/.test(key)).toBe(true)
      keys.splice(at, 0, key)
    }
    expect(keys.filter(needsRekey)).toEqual([])
  })
})
