import { isClean } from '../json/clean-text.js'
import { isObject } from '../json/json-value.js'

/** A piece of an edit over code points: keep so many, insert this, delete so many [TX2]. */
export type TextComponent = number | string | { readonly d: number }

/** An edit of a text, in the normal form of `ot-text-unicode`. What follows the last component stays as it is. */
export type TextEdit = readonly TextComponent[]

/** The edit that changes nothing. */
export const EMPTY_EDIT: TextEdit = []

// Far beyond any text, and far enough below what integers hold that no transformation of it overflows.
const MAX_REACH = 2 ** 28

/** Says what is wrong with an edit as it stands on the wire; undefined for one in normal form. */
export function editFault(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'an edit is an array'
  let last: string | undefined
  let reach = 0
  for (const item of value as readonly unknown[]) {
    if (!isComponent(item)) return 'a component is a positive whole number, a string that is clean and not empty, or {"d": positive whole number}'
    if (typeof item === last) return 'neighbouring components of one kind must be joined'
    if (typeof item === 'number') reach += item
    else if (typeof item === 'object') reach += item.d
    last = typeof item
  }
  if (last === 'number') return 'an edit does not end with a keep'
  return reach > MAX_REACH ? 'an edit reaches too far' : undefined
}

function isComponent(item: unknown): item is TextComponent {
  if (typeof item === 'number') return isCount(item)
  if (typeof item === 'string') return item.length > 0 && isClean(item)
  return isObject(item) && Object.keys(item).length === 1 && isCount(item['d'])
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= 0x7fffffff
}
