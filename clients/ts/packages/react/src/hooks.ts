import type { TaskFilter, TaskSort } from '@taskgrid/kernel'
import type { DefinitionLine, TaskId, TaskLine } from '@taskgrid/protocol'
import type { Durability, KnownMember, RejectedChange, Replica, ReplicaReading, ShownConflict, ShownTask, SyncStatus } from '@taskgrid/replica'
import { findTasks, shownConflicts, shownDefinitions, shownTask } from '@taskgrid/replica'
import { useCallback, useSyncExternalStore } from 'react'
import { useProvided } from './provider.js'
import { useReading } from './use-reading.js'

/** The replica: what writes go to. */
export function useReplica(): Replica {
  return useProvided().replica
}

/** A task as its user sees it, pending changes included; undefined while there is none. */
export function useTask(task: TaskId): TaskLine | undefined {
  return useReading(useCallback((reading: ReplicaReading) => shownTask(reading, task), [task]))
}

/** True while the server does not have all of a task. */
export function useIsPending(task: TaskId): boolean {
  return useReading(useCallback((reading: ReplicaReading) => reading.pendingOf(task).length > 0, [task]))
}

/** What a list shows. Keep the filter and the sort the same from one render to the next. */
export interface TaskListQuery {
  readonly filter?: TaskFilter
  readonly words?: string
  readonly sort?: TaskSort
  /** The user's local date, YYYY-MM-DD. */
  readonly today: string
}

/** The tasks of a filter, in order, found offline. */
export function useTasks({ filter, words, sort, today }: TaskListQuery): readonly ShownTask[] {
  return useReading(
    useCallback(
      (reading: ReplicaReading) =>
        findTasks(reading, {
          today, ...(filter === undefined ? {} : { filter }), ...(words === undefined ? {} : { words }), ...(sort === undefined ? {} : { sort }),
        }),
      [filter, words, sort, today],
    ),
  )
}

/** Projects, labels and views. */
export function useDefinitions(): readonly DefinitionLine[] {
  return useReading(shownDefinitions)
}

/** Members, with their addresses where they are known. */
export function useMembers(): readonly KnownMember[] {
  return useReading(membersOf)
}

/** Conflicts, newest first, each with what stands now and what it could be flipped to. */
export function useConflicts(openOnly: boolean): readonly ShownConflict[] {
  return useReading(useCallback((reading: ReplicaReading) => shownConflicts(reading, openOnly), [openOnly]))
}

/** Changes that the server refused, oldest first. */
export function useRejected(): readonly RejectedChange[] {
  return useReading(rejectedOf)
}

/** How many changes the server has not answered. */
export function useUnsent(): number {
  return useReading(unansweredOf)
}

/** Whether writes reach the disk. */
export function useDurability(): Durability {
  const { store } = useReplica()
  const subscribe = useCallback((listener: () => void) => store.subscribe(listener), [store])
  return useSyncExternalStore(subscribe, () => store.durability())
}

/** How syncing goes. */
export function useSyncStatus(): SyncStatus {
  const { monitor } = useProvided()
  return useSyncExternalStore(monitor.subscribe, monitor.status)
}

const membersOf = (reading: ReplicaReading): readonly KnownMember[] => reading.members()
const rejectedOf = (reading: ReplicaReading): readonly RejectedChange[] => reading.rejected()
const unansweredOf = (reading: ReplicaReading): number => reading.unanswered()
