import type { FilterField } from './filter-field.js'

/** How a field is compared. */
export type FilterOperator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~'

/** A value in a filter; a word was not quoted, so that `me`, `today`, numbers and `true` mean what they say. */
export interface FilterValue {
  readonly text: string
  readonly isWord: boolean
}

/** A filter as it was written: a closed family. Negated forms are `not` of the plain ones. */
export type FilterNode =
  | { readonly kind: 'and' | 'or'; readonly nodes: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly node: FilterNode }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'comparison'; readonly field: FilterField; readonly operator: FilterOperator; readonly value: FilterValue }
  | { readonly kind: 'in'; readonly field: FilterField; readonly values: readonly FilterValue[] }
  | { readonly kind: 'empty'; readonly field: FilterField }
