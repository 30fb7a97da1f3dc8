import type { TextComponent, TextEdit } from '@taskgrid/protocol'
import { editOf } from './text-edits.js'

/**
 * What is left of an edit where the text that it was made on is gone: what its author typed. The same inserts at the same places, as far as
 * a text of this length has them; the others at its end. Nothing is deleted.
 */
export function onlyInserts(edit: TextEdit, length: number): TextEdit {
  const parts: TextComponent[] = []
  let left = length
  for (const part of edit) {
    if (typeof part === 'string') {
      parts.push(part)
      continue
    }
    const kept = Math.min(typeof part === 'number' ? part : part.d, left)
    if (kept > 0) parts.push(kept)
    left -= kept
  }
  return editOf(parts)
}
