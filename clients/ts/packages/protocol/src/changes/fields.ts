import { isClean } from '../json/clean-text.js'
import { LIMITS } from './limits.js'

/** How a field of a task merges. */
export type FieldKind = 'text' | 'register' | 'set'

/** A text of a task. */
export type TextField = 'title' | 'description'

/** A set of a task. */
export type SetField = 'labels' | 'watchers'

/** The registers with a place of their own in the task line. */
export const PLAIN_REGISTERS = ['status', 'priority', 'assignee', 'dueDate', 'project', 'parent', 'order'] as const

/** A register that is not custom. */
export type PlainRegister = (typeof PLAIN_REGISTERS)[number]

/** What a custom field's name begins with. */
export const CUSTOM_PREFIX = 'custom.'

/** A text field's name. */
export function isTextField(field: string): field is TextField {
  return field === 'title' || field === 'description'
}

/** A set's name. */
export function isSetField(field: string): field is SetField {
  return field === 'labels' || field === 'watchers'
}

/** The name of a register that is not custom. */
export function isPlainRegister(field: string): field is PlainRegister {
  return (PLAIN_REGISTERS as readonly string[]).includes(field)
}

/** A custom field's name: the prefix and a clean short string. */
export function isCustom(field: string): boolean {
  const length = field.length - CUSTOM_PREFIX.length
  return field.startsWith(CUSTOM_PREFIX) && length >= 1 && length <= LIMITS.shortText && isClean(field)
}

/** The kind of a field; undefined for an unknown name. */
export function kindOf(field: string): FieldKind | undefined {
  if (isTextField(field)) return 'text'
  if (isSetField(field)) return 'set'
  return isPlainRegister(field) || isCustom(field) ? 'register' : undefined
}
