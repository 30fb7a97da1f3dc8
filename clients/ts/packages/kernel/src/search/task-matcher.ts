import type { JsonValue, TaskLine } from '@taskgrid/protocol'
import { compareUtf8, isObject } from '@taskgrid/protocol'
import { registerOf } from '../state/fields-of-line.js'
import { lowerCase } from './case-folding.js'
import { instantOf } from './filter-date.js'
import type { FilterField } from './filter-field.js'
import type { FilterOperator } from './filter-node.js'
import { rankOf } from './task-order.js'
import type { CustomOperand, TaskTest } from './task-test.js'
import { wordsOfTask } from './task-words.js'

/** True if the task passes the test. */
export function passes(task: TaskLine, test: TaskTest): boolean {
  switch (test.kind) {
    case 'all':
      return test.tests.every((part) => passes(task, part))
    case 'any':
      return test.tests.some((part) => passes(task, part))
    case 'not':
      return !passes(task, test.test)
    case 'deleted':
      return task.deleted
    case 'equal':
      return textsOf(task, test.field).some((text) => test.values.includes(text))
    case 'contains':
      return textsOf(task, test.field).some((text) => lowerCase(text).includes(test.lower) || test.labels.includes(text))
    case 'empty':
      return isEmpty(task, test.field)
    case 'within':
      return isWithin(instantOf(dateOf(task, test.field)), test.from, test.before)
    case 'ranked':
      return isWithin(rankOf(task.priority), test.lowest, test.highest + 1)
    case 'words':
      return hasWords(task, test.beginnings)
    case 'custom':
      return compares(registerOf(task, `custom.${test.name}`), test.operator, test.operand)
  }
}

function isWithin(value: number | undefined, from: number, before: number): boolean {
  return value !== undefined && value >= from && value < before
}

function hasWords(task: TaskLine, beginnings: readonly string[]): boolean {
  if (beginnings.length === 0) return true
  const words = [...wordsOfTask(task)]
  return beginnings.every((beginning) => words.some((word) => word.startsWith(beginning)))
}

function textsOf(task: TaskLine, field: FilterField): readonly string[] {
  switch (field.member) {
    case 'title':
    case 'createdBy':
      return [task[field.member]]
    case 'labels':
    case 'watchers':
      return task[field.member]
    default: {
      const text = registerOf(task, field.member)
      return typeof text === 'string' ? [text] : []
    }
  }
}

function dateOf(task: TaskLine, field: FilterField): string | undefined {
  return task[field.member as 'createdAt' | 'updatedAt' | 'dueDate']
}

function isEmpty(task: TaskLine, field: FilterField): boolean {
  if (field.kind === 'custom') return isEmptyValue(registerOf(task, `custom.${field.member}`))
  if (field.kind === 'date') return instantOf(dateOf(task, field)) === undefined
  return textsOf(task, field).every((text) => text === '')
}

function isEmptyValue(value: JsonValue | undefined): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0)
}

/** [SE11]; an array is asked as a set, and what is nested in it is equal to nothing. */
function compares(value: JsonValue | undefined, operator: FilterOperator, operand: CustomOperand): boolean {
  return Array.isArray(value) ? (value as readonly JsonValue[]).some((item) => comparesOne(item, operator, operand)) : comparesOne(value, operator, operand)
}

function comparesOne(value: JsonValue | undefined, operator: FilterOperator, operand: CustomOperand): boolean {
  if (typeof value === 'string') {
    return operator === '~' ? lowerCase(value).includes(operand.text) : holds(operator, compareUtf8(value, operand.text))
  }
  if (typeof value === 'number') return operand.number !== undefined && holds(operator, value - operand.number)
  return typeof value === 'boolean' && operator === '=' && value === operand.truth
}

function holds(operator: FilterOperator, order: number): boolean {
  switch (operator) {
    case '=':
      return order === 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    default:
      return false
  }
}
