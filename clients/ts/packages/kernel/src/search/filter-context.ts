import type { DefinitionLine, MemberLine, UserId } from '@taskgrid/protocol'

/** What a filter means depends on: who asks, which day it is, and what things are called (retired ones included). */
export interface FilterContext {
  readonly me: UserId
  /** YYYY-MM-DD: the day that `today` is. */
  readonly today: string
  readonly members: readonly MemberLine[]
  readonly definitions: readonly DefinitionLine[]
}
