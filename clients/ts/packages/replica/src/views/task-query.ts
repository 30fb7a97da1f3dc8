import type { TaskFilter, TaskSort } from '@taskgrid/kernel'
import { bindFilter, DEFAULT_SORT, EVERYTHING, passes, sortTasks } from '@taskgrid/kernel'
import type { ReplicaReading } from '../store/replica-store.js'
import type { ShownTask } from './replica-view.js'
import { shownDefinitions, shownTasks } from './replica-view.js'

/** What to look for. */
export interface TaskQuery {
  readonly filter?: TaskFilter
  /** Full text beside the filter. */
  readonly words?: string
  readonly sort?: TaskSort
  /** The user's local date, YYYY-MM-DD. */
  readonly today: string
}

/** Finds tasks offline, by the same filter grammar as the server, in what the user sees. */
export function findTasks(reading: ReplicaReading, query: TaskQuery): readonly ShownTask[] {
  const { filter = EVERYTHING, words, sort = DEFAULT_SORT, today } = query
  const context = { me: reading.mark.user, today, members: reading.members().map(({ line }) => line), definitions: shownDefinitions(reading) }
  const asked = bindFilter(filter, context, words)
  return sortTasks(shownTasks(reading).filter(({ line }) => passes(line, asked)), ({ line }) => line, sort)
}
