import type { TextComponent, TextEdit } from '@taskgrid/protocol'
import type { TextOp } from 'ot-text-unicode'
import { type } from 'ot-text-unicode'
import { countCodePoints } from './code-points.js'

/** Whose insert stands first at the same place [TX4]. */
export type Side = 'left' | 'right'

/** How many code points a text must at least have for the edit to apply to it. */
export function reachOf(edit: TextEdit): number {
  return edit.reduce<number>((reach, part) => reach + (typeof part === 'number' ? part : typeof part === 'string' ? 0 : part.d), 0)
}

/** How many code points it deletes. */
export function deletedBy(edit: TextEdit): number {
  return edit.reduce<number>((deleted, part) => deleted + (typeof part === 'object' ? part.d : 0), 0)
}

/** Equal component by component. */
export function sameEdit(left: TextEdit, right: TextEdit): boolean {
  return left.length === right.length && left.every((part, i) => samePart(part, right[i]))
}

/** Applies an edit; undefined if it reaches past the end of the text [TX2]. */
export function tryApplyEdit(text: string, edit: TextEdit): string | undefined {
  if (edit.length === 0) return text
  return reachOf(edit) > countCodePoints(text) ? undefined : type.apply(text, copy(edit))
}

/**
 * Applies an edit that is known to fit.
 * @throws RangeError where it reaches past the end.
 */
export function applyEdit(text: string, edit: TextEdit): string {
  const after = tryApplyEdit(text, edit)
  if (after === undefined) throw new RangeError('the edit reaches past the end of the text')
  return after
}

/** The one edit that does what the first and then the second do. */
export function composeEdits(first: TextEdit, second: TextEdit): TextEdit {
  if (first.length === 0) return second
  return second.length === 0 ? first : ours(type.compose(copy(first), copy(second)))
}

/**
 * The edit rewritten to apply after the other one, both made on the same text:
 * ```
 *        · --- other --- ·
 *        |               |
 *       edit     transformEdit(edit, other, side)
 *        ↓               ↓
 *        · ------------- ·    transformEdit(other, edit, the other side)
 * ```
 * Both ways round end in the same text. Inserts survive; what both delete is deleted once.
 */
export function transformEdit(edit: TextEdit, other: TextEdit, side: Side): TextEdit {
  return edit.length === 0 || other.length === 0 ? edit : ours(type.transform(copy(edit), copy(other), side))
}

/** The components brought into normal form. */
export function editOf(components: readonly TextComponent[]): TextEdit {
  return ours(type.normalize(copy(components)))
}

/** The edit that undoes the given one on a text that it fits. */
export function invertEdit(edit: TextEdit, text: string): TextEdit {
  const points = Array.from(text)
  let at = 0
  const inverse = edit.map((part): TextComponent => {
    if (typeof part === 'string') return { d: countCodePoints(part) }
    const from = at
    at += typeof part === 'number' ? part : part.d
    return typeof part === 'number' ? part : points.slice(from, at).join('')
  })
  return editOf(inverse)
}

/** The same where the text is not known and only lengths will matter, since the result is moved over and never applied. */
export function invertLengths(edit: TextEdit): TextEdit {
  return editOf(edit.map((part) => (typeof part === 'string' ? { d: countCodePoints(part) } : typeof part === 'number' ? part : 'x'.repeat(part.d))))
}

/** The library joins neighbouring deletes in place, so it never gets anybody else's components. */
function copy(edit: readonly TextComponent[]): TextComponent[] {
  return edit.map((part) => (typeof part === 'object' ? { d: part.d } : part))
}

/** The library's type also has deletes that name their text, which come from none that we give it. */
function ours(edit: TextOp): TextEdit {
  return edit as TextEdit
}

function samePart(left: TextComponent, right: TextComponent | undefined): boolean {
  return typeof left === 'object' ? typeof right === 'object' && left.d === right.d : left === right
}
