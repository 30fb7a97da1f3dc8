import type { TextComponent, TextEdit } from '@taskgrid/protocol'
import { countCodePoints } from './code-points.js'
import { editBetween } from './text-difference.js'
import { editOf } from './text-edits.js'

// Beyond this the table would cost more than the finer edit is worth.
const TABLE_CELLS = 4_000_000

// Words, runs of white space, and every other character by itself; joined they are the text.
const PIECES = /[\p{L}\p{Nd}]+|\s+|[^]/gu

/**
 * The edit that makes one text another, word by word: what stays is kept, so that somebody else's concurrent edit of a word that was not
 * touched merges with it instead of overlapping.
 */
export function wordEditBetween(before: string, after: string): TextEdit {
  const [old, fresh] = [piecesOf(before), piecesOf(after)]
  const start = common(old, fresh)
  const end = common(old.slice(start).reverse(), fresh.slice(start).reverse())
  const oldMiddle = old.slice(start, old.length - end)
  const freshMiddle = fresh.slice(start, fresh.length - end)
  if (oldMiddle.length * freshMiddle.length > TABLE_CELLS) return editBetween(before, after)
  return editOf([countAll(old.slice(0, start)), ...walk(oldMiddle, freshMiddle)])
}

function piecesOf(text: string): readonly string[] {
  return text.match(PIECES) ?? []
}

function countAll(pieces: readonly string[]): number {
  return pieces.reduce((sum, piece) => sum + countCodePoints(piece), 0)
}

function common(left: readonly string[], right: readonly string[]): number {
  const most = Math.min(left.length, right.length)
  let count = 0
  while (count < most && left[count] === right[count]) count++
  return count
}

/** Walks along a longest common subsequence. */
function walk(old: readonly string[], fresh: readonly string[]): readonly TextComponent[] {
  const width = fresh.length + 1
  const table = lengths(old, fresh)
  const parts: TextComponent[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < fresh.length) {
    const [was, is] = [old[i], fresh[j]]
    if (was !== undefined && was === is) {
      parts.push(countCodePoints(was))
      i++
      j++
    } else if (was !== undefined && (is === undefined || (table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0))) {
      parts.push({ d: countCodePoints(was) })
      i++
    } else if (is !== undefined) {
      parts.push(is)
      j++
    }
  }
  return parts
}

function lengths(old: readonly string[], fresh: readonly string[]): Uint32Array {
  const width = fresh.length + 1
  const table = new Uint32Array((old.length + 1) * width)
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = fresh.length - 1; j >= 0; j--) {
      const at = i * width + j
      table[at] = old[i] === fresh[j] ? (table[at + width + 1] ?? 0) + 1 : Math.max(table[at + width] ?? 0, table[at + 1] ?? 0)
    }
  return table
}
