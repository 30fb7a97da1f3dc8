import type { HybridClock } from '@taskgrid/kernel'
import { covers, FRESH_CLOCK, holdStamp, observe, setDown, tick } from '@taskgrid/kernel'
import type { CausalClock, Origin } from '@taskgrid/protocol'
import { stampOf, stampText } from '@taskgrid/protocol'
import { describe, expect, test } from 'vitest'
import { titleOf, vectors } from '../../../../testing/vectors.js'

type Step = Readonly<Partial<Record<'next' | 'observe' | 'setDown' | 'hold' | 'serverTime' | 'expect', string>>>

describe('stamps', () => {
  for (const vector of vectors<{ steps: readonly Step[] }>('stamps.json')) {
    test(titleOf(vector, 'ST2'), () => {
      let clock = FRESH_CLOCK
      for (const step of vector.steps) {
        const [next, stamp] = take(clock, step)
        expect(stamp).toBe(step.expect)
        clock = next
      }
    })
  }
})

function take(clock: HybridClock, step: Step): readonly [HybridClock, string | undefined] {
  if (step.observe !== undefined) return [observe(clock, stampOf(step.observe)), undefined]
  if (step.setDown !== undefined) return [setDown(clock, stampOf(step.setDown).wall), undefined]
  if (step.hold !== undefined) return [clock, stampText(holdStamp(stampOf(step.hold), stampOf(step.serverTime ?? '').wall))]
  const [next, stamp] = tick(clock, stampOf(step.next ?? '').wall)
  return [next, stampText(stamp)]
}

describe('causality', () => {
  for (const vector of vectors<{ clock: CausalClock; author: Origin; other: { seq: number; replica: string | null; n: number }; expect: boolean }>('causality.json')) {
    test(titleOf(vector, 'CL4'), () => {
      const { seq, replica, n } = vector.other
      expect(covers(vector.clock, vector.author, seq, replica === null ? null : { replica, n })).toBe(vector.expect)
    })
  }
})
