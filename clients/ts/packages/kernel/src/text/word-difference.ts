import type { TextEdit } from '@taskgrid/protocol'
import { countCodePoints } from './code-points.js'
import { editOf } from './text-edits.js'

// Beyond this the table would cost more than the finer edit is worth.
const TABLE_CELLS = 4_000_000

// Words, runs of white space, and every other character by itself; joined they are the text.
const PIECES = /[\p{L}\p{Nd}]+|\s+|[^]/gu

/** A run of words that two texts share, or that only one of them has. */
export interface DifferencePiece {
  /** Keep: both have it; delete: only the one before; insert: only the one after. */
  readonly kind: 'keep' | 'delete' | 'insert'
  readonly text: string
}

/**
 * The edit that makes one text another, word by word: so somebody else's concurrent edit of a word that was not touched merges with it
 * instead of overlapping.
 */
export function wordEditBetween(before: string, after: string): TextEdit {
  return editOf(wordDifference(before, after).map(({ kind, text }) => {
    if (kind === 'insert') return text
    const count = countCodePoints(text)
    return kind === 'keep' ? count : { d: count }
  }))
}

/**
 * What both have, what only one has, to be shown; where both have something else at one place, that of the one before stands first. Two
 * words that changed beside each other changed together: the space between them belongs to either text for itself.
 */
export function wordDifference(before: string, after: string): readonly DifferencePiece[] {
  const [old, fresh] = [piecesOf(before), piecesOf(after)]
  const start = common(old, fresh)
  const end = common(old.slice(start).reverse(), fresh.slice(start).reverse())
  const oldMiddle = old.slice(start, old.length - end)
  const freshMiddle = fresh.slice(start, fresh.length - end)
  const middle: readonly DifferencePiece[] = oldMiddle.length * freshMiddle.length > TABLE_CELLS
    ? [{ kind: 'delete', text: oldMiddle.join('') }, { kind: 'insert', text: freshMiddle.join('') }]
    : walk(oldMiddle, freshMiddle)
  return joined([{ kind: 'keep', text: old.slice(0, start).join('') }, ...middle, { kind: 'keep', text: old.slice(old.length - end).join('') }])
}

function piecesOf(text: string): readonly string[] {
  return text.match(PIECES) ?? []
}

function common(left: readonly string[], right: readonly string[]): number {
  const most = Math.min(left.length, right.length)
  let count = 0
  while (count < most && left[count] === right[count]) count++
  return count
}

/** Walks along a longest common subsequence. */
function walk(old: readonly string[], fresh: readonly string[]): readonly DifferencePiece[] {
  const width = fresh.length + 1
  const table = lengths(old, fresh)
  const pieces: DifferencePiece[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < fresh.length) {
    const [was, is] = [old[i], fresh[j]]
    if (was !== undefined && was === is) {
      pieces.push({ kind: 'keep', text: was })
      i++
      j++
    } else if (was !== undefined && (is === undefined || (table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0))) {
      pieces.push({ kind: 'delete', text: was })
      i++
    } else if (is !== undefined) {
      pieces.push({ kind: 'insert', text: is })
      j++
    }
  }
  return pieces
}

/** Neighbours of one kind as one piece; of a place that changed, what went before what came. */
function joined(pieces: readonly DifferencePiece[]): readonly DifferencePiece[] {
  const all: DifferencePiece[] = []
  const open = { keep: '', delete: '', insert: '' }
  const flush = (...kinds: readonly DifferencePiece['kind'][]) => {
    for (const kind of kinds) {
      if (open[kind] !== '') all.push({ kind, text: open[kind] })
      open[kind] = ''
    }
  }
  for (const [i, { kind, text }] of pieces.entries()) {
    if (kind === 'keep' && open.delete !== '' && open.insert !== '' && isBetweenReplacements(pieces, i)) {
      open.delete += text
      open.insert += text
      continue
    }
    if (kind === 'keep') flush('delete', 'insert')
    else flush('keep')
    open[kind] += text
  }
  flush('keep', 'delete', 'insert')
  return all
}

/** White space with other words after it. */
function isBetweenReplacements(pieces: readonly DifferencePiece[], at: number): boolean {
  if (pieces[at]?.text.trim() !== '') return false
  const rest = pieces.slice(at + 1)
  const end = rest.findIndex(({ kind }) => kind === 'keep')
  return new Set((end < 0 ? rest : rest.slice(0, end)).map(({ kind }) => kind)).size === 2
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
