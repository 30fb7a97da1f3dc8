import { foldTask, overlay, takenAs } from '@taskgrid/kernel'
import type { CanonicalChange, TaskId, TaskLine } from '@taskgrid/protocol'
import type { JournalEntry, ReplicaReading } from '../store/replica-store.js'
import { pendingChange } from './replica-view.js'

/** One thing that happened to a task. */
export interface StoryStep {
  /** The change; of one that the log does not hold yet, as its author made it. */
  readonly change: CanonicalChange
  /** The task before and after it, where that is known. */
  readonly before: TaskLine | undefined
  readonly after: TaskLine | undefined
  /** The log does not hold it yet. */
  readonly pending: boolean
  /** Something that happened before it is not on this device. */
  readonly gap: boolean
}

/** What happened to a task, oldest first, and whether nothing is missing. */
export interface TaskStory {
  readonly steps: readonly StoryStep[]
  readonly whole: boolean
}

/**
 * What happened to a task as far as this device knows it: what came in change by change is kept, what came as a whole state is not known in
 * between. Own changes that are not sent yet stand at the end.
 */
export function taskStory(reading: ReplicaReading, journal: readonly JournalEntry[], task: TaskId): TaskStory {
  const steps: StoryStep[] = []
  let last = 0
  for (const { prior, change } of journal) {
    const gap = prior !== last
    const before = gap ? undefined : steps.at(-1)?.after
    steps.push({ change, before, after: foldTask(before, change, task), pending: false, gap })
    last = change.seq
  }
  const confirmed = reading.task(task)
  const whole = steps.every((step) => !step.gap) && last === (confirmed?.seq ?? 0)
  return { steps: [...steps, ...pendingSteps(reading, confirmed, task)], whole }
}

function pendingSteps(reading: ReplicaReading, confirmed: TaskLine | undefined, task: TaskId): readonly StoryStep[] {
  const pending = reading.pendingOf(task).map((row) => pendingChange(reading, row))
  let before = confirmed
  return pending.flatMap((entry, i) => {
    const after = overlay(confirmed, pending.slice(0, i + 1))
    // A resolve whose conflict is not known here says nothing.
    const change = takenAs(entry)
    const step = change === undefined ? [] : [{ change, before, after, pending: true, gap: false }]
    before = after
    return step
  })
}
