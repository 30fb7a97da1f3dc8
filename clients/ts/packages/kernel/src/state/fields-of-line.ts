import type { JsonValue, TaskLine, TextField } from '@taskgrid/protocol'
import { CUSTOM_PREFIX, isCustom, isPlainRegister } from '@taskgrid/protocol'

/** A register's value, custom ones included; undefined if it has none. */
export function registerOf(line: TaskLine, field: string): JsonValue | undefined {
  if (isCustom(field)) {
    const name = field.slice(CUSTOM_PREFIX.length)
    return Object.hasOwn(line.custom, name) ? line.custom[name] : undefined
  }
  return isPlainRegister(field) ? line[field] : undefined
}

/** The line with a register written; null takes it out [TL1]. */
export function withRegister(line: TaskLine, field: string, value: JsonValue): TaskLine {
  if (isCustom(field)) return { ...line, custom: withMember(line.custom, field.slice(CUSTOM_PREFIX.length), value) }
  return withMember(line, field, value)
}

/** The line with another text. */
export function withText(line: TaskLine, field: TextField, text: string): TaskLine {
  return field === 'title' ? { ...line, title: text } : { ...line, description: text }
}

/** The object with a member written; null takes it out. */
export function withMember<T extends object>(object: T, name: string, value: JsonValue): T {
  const rest = Object.entries(object).filter(([known]) => known !== name)
  // fromEntries defines its members, so that one called __proto__ is a member like any other.
  return Object.fromEntries(value === null ? rest : [...rest, [name, value]]) as T
}
