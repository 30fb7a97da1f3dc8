import { CUSTOM_PREFIX, isCustom, isId } from '@taskgrid/protocol'
import type { FilterOperator, FilterValue } from './filter-node.js'
import { readFilterDate } from './filter-date.js'

/** What a field of a filter is compared as. */
export type FilterFieldKind = 'text' | 'priority' | 'user' | 'project' | 'task' | 'label' | 'date' | 'words' | 'custom'

/** A field that filters know: the member of the task line (of a custom one, its name), and how filters write it. */
export interface FilterField {
  readonly kind: FilterFieldKind
  readonly member: string
  readonly name: string
}

const KNOWN: readonly FilterField[] = [
  { kind: 'text', member: 'status', name: 'status' },
  { kind: 'priority', member: 'priority', name: 'priority' },
  { kind: 'user', member: 'assignee', name: 'assignee' },
  { kind: 'user', member: 'createdBy', name: 'creator' },
  { kind: 'user', member: 'watchers', name: 'watcher' },
  { kind: 'project', member: 'project', name: 'project' },
  { kind: 'task', member: 'parent', name: 'parent' },
  { kind: 'label', member: 'labels', name: 'label' },
  { kind: 'date', member: 'dueDate', name: 'due' },
  { kind: 'date', member: 'createdAt', name: 'created' },
  { kind: 'date', member: 'updatedAt', name: 'updated' },
  { kind: 'text', member: 'title', name: 'title' },
  { kind: 'words', member: 'text', name: 'text' },
]

const LIKE: readonly FilterFieldKind[] = ['text', 'priority', 'label', 'words', 'custom']
const ORDERED: readonly FilterFieldKind[] = ['priority', 'date', 'custom']

/** The field of a name, without regard to ASCII case [SE1]; undefined for an unknown one. */
export function filterFieldOf(name: string): FilterField | undefined {
  const lower = asciiLower(name)
  const known = KNOWN.find((field) => field.name === lower)
  if (known !== undefined || !lower.startsWith(CUSTOM_PREFIX)) return known
  const member = name.slice(CUSTOM_PREFIX.length)
  return isCustom(CUSTOM_PREFIX + member) ? { kind: 'custom', member, name: CUSTOM_PREFIX + member } : undefined
}

/** True if the field has the operator; `in` and `is empty` go with `=`. */
export function hasOperator(field: FilterField, operator: FilterOperator): boolean {
  if (operator === '=' || operator === '!=') return field.kind !== 'words'
  return (operator === '~' ? LIKE : ORDERED).includes(field.kind)
}

/** True if the field can hold the value [SE4]. */
export function admits(field: FilterField, value: FilterValue): boolean {
  if (field.kind === 'date') return readFilterDate(value) !== undefined
  return field.kind !== 'task' || isId(value.text.toLowerCase())
}

/** Lower case of A to Z alone. */
export function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
