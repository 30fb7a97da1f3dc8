import type { TaskLine } from '@taskgrid/protocol'
import { compareUtf8 } from '@taskgrid/protocol'
import { lowerCase } from './case-folding.js'
import { instantOf } from './filter-date.js'

/** A value by which tasks are sorted [SE15]. */
export const SORT_FIELDS = ['created', 'updated', 'due', 'priority', 'status', 'title', 'order'] as const

/** One of these. */
export type SortField = (typeof SORT_FIELDS)[number]

/** One key of an order. Tasks without the value come last either way. */
export interface SortKey {
  readonly field: SortField
  readonly descending: boolean
}

/** One to three keys; the id is the last one, so that the order is total. */
export type TaskSort = readonly SortKey[]

/** Latest change first. */
export const DEFAULT_SORT: TaskSort = [{ field: 'updated', descending: true }]

const RANKS: Readonly<Record<string, number>> = { low: 0, medium: 1, high: 2, urgent: 3 }

/** The rank of a priority; undefined for one that has none [SE9]. */
export function rankOf(priority: string | undefined): number | undefined {
  return priority !== undefined && Object.hasOwn(RANKS, priority) ? RANKS[priority] : undefined
}

/** Reads an order; undefined for what is none. */
export function readSort(text: string): TaskSort | undefined {
  const keys = text.split(',').map(readKey)
  const known = keys.filter((key) => key !== undefined)
  return keys.length <= 3 && known.length === keys.length && new Set(known.map((key) => key.field)).size === keys.length ? known : undefined
}

/** The tasks of these items in order; each key is computed once. */
export function sortTasks<T>(items: readonly T[], lineOf: (item: T) => TaskLine, sort: TaskSort): readonly T[] {
  const keyed = items.map((item) => ({ item, id: lineOf(item).id, keys: sort.map((key) => valueOf(key.field, lineOf(item))) }))
  keyed.sort((left, right) => {
    for (const [i, key] of sort.entries()) {
      const order = compareKeys(left.keys[i], right.keys[i], key.descending)
      if (order !== 0) return order
    }
    return left.id < right.id ? -1 : left.id > right.id ? 1 : 0
  })
  return keyed.map(({ item }) => item)
}

function compareKeys(left: string | number | undefined, right: string | number | undefined, descending: boolean): number {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined)
  const order = typeof left === 'string' ? compareUtf8(left, String(right)) : left - Number(right)
  return descending ? -order : order
}

function valueOf(field: SortField, task: TaskLine): string | number | undefined {
  switch (field) {
    // The server's own times are all of one form [ID6], which is cheap to read.
    case 'created':
      return Date.parse(task.createdAt)
    case 'updated':
      return Date.parse(task.updatedAt)
    case 'due':
      return instantOf(task.dueDate)
    case 'priority':
      return rankOf(task.priority)
    case 'title':
      return lowerCase(task.title)
    case 'status':
    case 'order':
      return task[field]
  }
}

function readKey(text: string): SortKey | undefined {
  const descending = text.startsWith('-')
  const name = descending ? text.slice(1) : text
  const field = SORT_FIELDS.find((known) => known === name)
  return field === undefined ? undefined : { field, descending }
}
