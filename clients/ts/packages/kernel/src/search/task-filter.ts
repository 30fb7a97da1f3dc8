import { isClean, utf8Length } from '@taskgrid/protocol'
import { bindNode } from './filter-binder.js'
import type { FilterContext } from './filter-context.js'
import type { FilterNode } from './filter-node.js'
import { FilterFault, FilterParser } from './filter-parser.js'
import type { TaskTest } from './task-test.js'
import { ALWAYS } from './task-test.js'
import { wordsOf } from './task-words.js'

const MAX_BYTES = 4 * 1024

/** A filter of SPEC part IV; without a tree it asks for everything that is not deleted. */
export interface TaskFilter {
  readonly tree?: FilterNode
}

/** What became of reading a filter; the position is where the offending token begins, in code points [SE4]. */
export type FilterReading = { readonly filter: TaskFilter } | { readonly position: number; readonly fault: string }

/** The filter that asks for nothing. */
export const EVERYTHING: TaskFilter = {}

/** Reads a filter. */
export function readFilter(text: string): FilterReading {
  if (!isClean(text)) return { position: 0, fault: 'it holds U+0000 or a lone surrogate' }
  if (utf8Length(text) > MAX_BYTES) return { position: 0, fault: `it is longer than ${MAX_BYTES} bytes` }
  try {
    const tree = new FilterParser(text).parse()
    return { filter: tree === undefined ? EVERYTHING : { tree } }
  } catch (error) {
    if (error instanceof FilterFault) return { position: error.position, fault: error.message }
    throw error
  }
}

/** The test that a task must pass; the words are the full text looked for beside the filter [SE14]. */
export function bindFilter(filter: TaskFilter, context: FilterContext, words?: string): TaskTest {
  const tests: TaskTest[] = [filter.tree === undefined ? ALWAYS : bindNode(filter.tree, context)]
  if (words !== undefined) tests.push({ kind: 'words', beginnings: [...wordsOf(words)] })
  // [SE7]
  if (filter.tree === undefined || !mentionsDeleted(filter.tree)) tests.push({ kind: 'not', test: { kind: 'deleted' } })
  return { kind: 'all', tests }
}

function mentionsDeleted(node: FilterNode): boolean {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.nodes.some(mentionsDeleted)
    case 'not':
      return mentionsDeleted(node.node)
    default:
      return node.kind === 'deleted'
  }
}
