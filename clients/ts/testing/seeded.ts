import { countCodePoints, editOf } from '@taskgrid/kernel'
import type { TextComponent, TextEdit } from '@taskgrid/protocol'

/** Random things from a seed, the same on every machine. */
export interface Seeded {
  /** A number in [0, 1). */
  next(): number
  /** A whole number below another. */
  below(limit: number): number
  pick<T>(items: readonly T[]): T
  /** A text of at most so many code points, some of them beyond the basic plane. */
  text(most: number): string
  /** An edit that fits a text. */
  edit(text: string): TextEdit
}

const LETTERS = ['a', 'b', ' ', 'é', '漢', '😀', '👩‍👧', '\n', '0']

/** Mulberry32. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  const pick = <T>(items: readonly T[]): T => {
    const item = items[below(items.length)]
    if (item === undefined) throw new RangeError('nothing to pick from')
    return item
  }
  const text = (most: number) => Array.from({ length: below(most + 1) }, () => pick(LETTERS)).join('')
  const edit = (before: string) => {
    const parts: TextComponent[] = []
    for (let left = countCodePoints(before); left > 0; ) {
      const count = 1 + below(Math.min(left, 5))
      if (below(3) === 0) parts.push(`${pick(LETTERS)}${pick(LETTERS)}`)
      parts.push(below(3) === 0 ? { d: count } : count)
      left -= count
    }
    if (below(2) === 0) parts.push(pick(LETTERS))
    return editOf(parts)
  }
  return { next, below, pick, text, edit }
}
