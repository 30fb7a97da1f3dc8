import { canonical, tryCanonicalText } from '@taskgrid/protocol'
import { describe, expect, test } from 'vitest'
import { readVectors, titleOf, vectors } from '../../../testing/vectors.js'

describe('canonical JSON', () => {
  for (const vector of vectors<{ given: string; expect?: string }>('canonical-json.json')) {
    test(titleOf(vector, 'ID9'), () => {
      const reading = tryCanonicalText(vector.given)
      expect('canonical' in reading ? reading.canonical : undefined).toBe(vector.expect)
    })
  }

  test('[ID9] a canonical form is its own canonical form', () => {
    const forms = vectors<{ expect?: string }>('canonical-json.json').flatMap((vector) => vector.expect ?? [])
    expect(forms.map((form) => tryCanonicalText(form))).toEqual(forms.map((form) => ({ canonical: form })))
  })

  test('[ID9] numbers read as in ECMAScript', () => {
    const rows = readVectors('canonical-numbers.json') as readonly (readonly [string, string])[]
    expect(rows.length).toBeGreaterThan(1000)
    expect(rows.map(([bits]) => canonical(numberOf(bits)))).toEqual(rows.map(([, text]) => text))
  })
})

function numberOf(bits: string): number {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, BigInt(`0x${bits}`))
  return view.getFloat64(0)
}
