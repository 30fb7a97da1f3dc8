import type { FilterContext, FilterNode, FilterValue } from '@taskgrid/kernel'
import { bindFilter, DEFAULT_SORT, passes, readFilter, readSort, sortTasks, wordsOfTask } from '@taskgrid/kernel'
import type { TaskLine } from '@taskgrid/protocol'
import { describe, expect, test } from 'vitest'
import { readVectors, titleOf, vectors } from '../../../../testing/vectors.js'

describe('filters', () => {
  for (const vector of vectors<{ filter: string; tree?: unknown; position?: number }>('filters.json')) {
    test(titleOf(vector, vector.position === undefined ? 'SE2' : 'SE4'), () => {
      const reading = readFilter(vector.filter)
      if ('filter' in reading) expect(reading.filter.tree === undefined ? null : treeOf(reading.filter.tree)).toEqual(vector.tree)
      else expect(reading.position).toBe(vector.position)
    })
  }
})

function treeOf(node: FilterNode): readonly unknown[] {
  const value = ({ text, isWord }: FilterValue) => (isWord ? { word: text } : text)
  switch (node.kind) {
    case 'and':
    case 'or':
      return [node.kind, ...node.nodes.map(treeOf)]
    case 'not':
      return ['not', treeOf(node.node)]
    case 'deleted':
      return ['deleted']
    case 'comparison':
      return [node.operator, node.field.name, value(node.value)]
    case 'in':
      return ['in', node.field.name, node.values.map(value)]
    case 'empty':
      return ['empty', node.field.name]
  }
}

interface Search extends FilterContext {
  readonly tasks: readonly TaskLine[]
  readonly cases: readonly { readonly name: string; readonly filter?: string; readonly q?: string; readonly sort?: string; readonly expect: readonly string[] }[]
}

describe('search', () => {
  const { tasks, cases, ...context } = readVectors('search.json') as Search
  for (const { name, filter, q, sort, expect: wanted } of cases) {
    test(name, () => {
      const reading = readFilter(filter ?? '')
      if ('fault' in reading) throw new TypeError(reading.fault)
      const asked = bindFilter(reading.filter, context, q)
      const order = sort === undefined ? DEFAULT_SORT : readSort(sort)
      const found = tasks.filter((task) => passes(task, asked))
      expect(sortTasks(found, (task) => task, order ?? []).map((task) => task.id)).toEqual(wanted)
    })
  }

  test('[SE12] of a task\'s texts together the first 200,000 code points count', () => {
    const [task] = tasks
    if (task === undefined) throw new TypeError('no task')
    const comments = Array.from({ length: 5 }, (_, i) => ({ id: `${i}`, user: context.me, body: `late${i}`, seq: i + 1 }))
    const words = (description: string) => [...wordsOfTask({ ...task, title: 'ab', description, comments })]
    expect(words('😀'.repeat(199_997) + 'yz')).toEqual(['ab', 'y'])
    expect(words('😀'.repeat(199_980) + 'yz')).toEqual(['ab', 'yz', 'late0', 'late1', 'late2', 'l'])
  })

  test('[SE15] what is no order is none', () => {
    for (const text of ['', 'colour', 'due,due', 'due,-due', 'due,title,status,order', 'due,']) expect(readSort(text)).toBeUndefined()
  })
})
