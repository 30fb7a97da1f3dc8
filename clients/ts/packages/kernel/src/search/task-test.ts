import type { FilterField } from './filter-field.js'
import type { FilterOperator } from './filter-node.js'

/** What a custom field is compared with: as a string, as a number where it is a bare one, as true or false where it is that word. */
export interface CustomOperand {
  readonly text: string
  readonly number?: number
  readonly truth?: boolean
}

/** A test of a task, with nothing left to look up: a closed family. */
export type TaskTest =
  | { readonly kind: 'all' | 'any'; readonly tests: readonly TaskTest[] }
  | { readonly kind: 'not'; readonly test: TaskTest }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'equal'; readonly field: FilterField; readonly values: readonly string[] }
  | { readonly kind: 'contains'; readonly field: FilterField; readonly lower: string; readonly labels: readonly string[] }
  | { readonly kind: 'empty'; readonly field: FilterField }
  | { readonly kind: 'within'; readonly field: FilterField; readonly from: number; readonly before: number }
  | { readonly kind: 'ranked'; readonly lowest: number; readonly highest: number }
  | { readonly kind: 'words'; readonly beginnings: readonly string[] }
  | { readonly kind: 'custom'; readonly name: string; readonly operator: FilterOperator; readonly operand: CustomOperand }

/** Every task passes. */
export const ALWAYS: TaskTest = { kind: 'all', tests: [] }

/** No task passes. */
export const NEVER: TaskTest = { kind: 'any', tests: [] }
