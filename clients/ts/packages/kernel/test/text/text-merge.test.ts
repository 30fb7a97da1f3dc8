import type { TextLogEntry } from '@taskgrid/kernel'
import { applyEdit, integrateEdit } from '@taskgrid/kernel'
import type { CausalClock, TextEdit } from '@taskgrid/protocol'
import { describe, expect, test } from 'vitest'
import { vectors } from '../../../../testing/vectors.js'

interface Entry {
  readonly seq: number
  readonly replica: string | null
  readonly n: number | null
  readonly clock: CausalClock
  readonly sent: TextEdit
  readonly edit: TextEdit
  readonly text: string
}

describe('text logs', () => {
  for (const { name, start, log } of vectors<{ start: string; log: readonly Entry[] }>('text-log.json')) {
    test(`[TX5] ${name}`, () => {
      const taken: TextLogEntry[] = []
      let text = start
      for (const entry of log) {
        const origin = entry.replica === null ? null : { replica: entry.replica, n: entry.n ?? 0 }
        const applied = origin === null ? entry.edit : integrateEdit(taken, origin, entry.clock, entry.sent)
        expect(applied).toEqual(entry.edit)
        text = applyEdit(text, applied)
        expect(text).toBe(entry.text)
        taken.push({ seq: entry.seq, origin, clock: entry.clock, sent: entry.sent, applied })
      }
    })
  }
})
