import { isId } from '@taskgrid/protocol'
import { lowerCase } from './case-folding.js'
import type { FilterContext } from './filter-context.js'
import { readFilterDate, spanOf } from './filter-date.js'
import type { FilterField } from './filter-field.js'
import type { FilterNode, FilterOperator, FilterValue } from './filter-node.js'
import { rankOf } from './task-order.js'
import type { CustomOperand, TaskTest } from './task-test.js'
import { NEVER } from './task-test.js'
import { wordsOf } from './task-words.js'

const JSON_NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/

/** Makes a test of what a filter says: names found, dates counted, `me` known. */
export function bindNode(node: FilterNode, context: FilterContext): TaskTest {
  switch (node.kind) {
    case 'and':
      return { kind: 'all', tests: node.nodes.map((part) => bindNode(part, context)) }
    case 'or':
      return { kind: 'any', tests: node.nodes.map((part) => bindNode(part, context)) }
    case 'not':
      return { kind: 'not', test: bindNode(node.node, context) }
    case 'deleted':
      return { kind: 'deleted' }
    case 'empty':
      return { kind: 'empty', field: node.field }
    case 'in':
      return { kind: 'any', tests: node.values.map((value) => compare(node.field, '=', value, context)) }
    case 'comparison':
      // [SE5]
      return node.operator === '!='
        ? { kind: 'not', test: compare(node.field, '=', node.value, context) }
        : compare(node.field, node.operator, node.value, context)
  }
}

function compare(field: FilterField, operator: FilterOperator, value: FilterValue, context: FilterContext): TaskTest {
  if (field.kind === 'custom') return { kind: 'custom', name: field.member, operator, operand: operandOf(operator, value) }
  if (field.kind === 'date') return within(field, operator, value, context)
  if (field.kind === 'words') return { kind: 'words', beginnings: [...wordsOf(value.text)] }
  if (operator === '=') return { kind: 'equal', field, values: valuesOf(field, value, context) }
  if (operator === '~') return containing(field, lowerCase(value.text), context)
  return ranked(operator, rankOf(value.text))
}

/** [SE10] What a value stands for. */
function valuesOf(field: FilterField, value: FilterValue, context: FilterContext): readonly string[] {
  const id = value.text.toLowerCase()
  const same = (name: string) => lowerCase(name) === lowerCase(value.text)
  switch (field.kind) {
    case 'label':
      return isId(id) ? [id, value.text] : [...defined('label', same, context), value.text]
    case 'user':
      if (isId(id)) return [id]
      if (value.isWord && value.text === 'me') return [context.me]
      return context.members.filter((member) => same(member.name)).map((member) => member.member)
    case 'project':
      return isId(id) ? [id] : defined('project', same, context)
    case 'task':
      return [id]
    default:
      return [value.text]
  }
}

function containing(field: FilterField, lower: string, context: FilterContext): TaskTest {
  const labels = field.kind === 'label' ? defined('label', (name) => lowerCase(name).includes(lower), context) : []
  return { kind: 'contains', field, lower, labels }
}

function defined(kind: string, passes: (name: string) => boolean, context: FilterContext): readonly string[] {
  return context.definitions
    .filter(({ kind: known, values: { name } }) => known === kind && typeof name === 'string' && passes(name))
    .map((definition) => definition.id)
}

function within(field: FilterField, operator: FilterOperator, value: FilterValue, context: FilterContext): TaskTest {
  const date = readFilterDate(value)
  if (date === undefined) return NEVER
  const [from, before] = spanOf(date, context.today)
  switch (operator) {
    case '<':
      return { kind: 'within', field, from: -Infinity, before: from }
    case '<=':
      return { kind: 'within', field, from: -Infinity, before }
    case '>':
      return { kind: 'within', field, from: before, before: Infinity }
    case '>=':
      return { kind: 'within', field, from, before: Infinity }
    default:
      return { kind: 'within', field, from, before }
  }
}

function ranked(operator: FilterOperator, rank: number | undefined): TaskTest {
  if (rank === undefined) return NEVER
  switch (operator) {
    case '<':
      return { kind: 'ranked', lowest: 0, highest: rank - 1 }
    case '<=':
      return { kind: 'ranked', lowest: 0, highest: rank }
    case '>':
      return { kind: 'ranked', lowest: rank + 1, highest: Infinity }
    default:
      return { kind: 'ranked', lowest: rank, highest: Infinity }
  }
}

function operandOf(operator: FilterOperator, { text, isWord }: FilterValue): CustomOperand {
  if (operator === '~') return { text: lowerCase(text) }
  const number = isWord && JSON_NUMBER.test(text) ? Number(text) : NaN
  return {
    text,
    ...(Number.isFinite(number) ? { number } : {}),
    ...(isWord && (text === 'true' || text === 'false') ? { truth: text === 'true' } : {}),
  }
}
