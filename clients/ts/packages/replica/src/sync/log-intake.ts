import { foldDefinition, foldMember, foldTask, observe, touchedBy } from '@taskgrid/kernel'
import type { CanonicalChange } from '@taskgrid/protocol'
import { conflictsOf, isTextField, stampOf } from '@taskgrid/protocol'
import { OUTBOX } from '../store/outbox-change.js'
import type { ReplicaWriting } from '../store/replica-store.js'
import { isOwnChange } from './own-change.js'
import { moveTextsOverForeign } from './pending-texts.js'

/**
 * Takes canonical changes into the confirmed state, in order of seq, and moves base; false if there is a gap, and then nothing is taken.
 * Needs no merging: only pending text edits move [PL4].
 */
export function takeChanges(writing: ReplicaWriting, from: number, to: number, changes: readonly CanonicalChange[]): boolean {
  const held = writing.mark.base
  if (from > held) return false
  for (const change of changes) if (change.seq > held) apply(writing, change)
  if (to > held) writing.putMark({ ...writing.mark, base: to })
  dropFormer(writing)
  return true
}

function apply(writing: ReplicaWriting, change: CanonicalChange): void {
  confirmOrMove(writing, change)
  const { effect, conflict } = change
  if (effect?.edit !== undefined && conflict?.field !== undefined && isTextField(conflict.field))
    moveTextsOverForeign(writing, conflict.task, conflict.field, effect.edit)
  for (const task of touchedBy(change)) {
    const before = writing.task(task)
    const line = foldTask(before, change, task)
    if (line === undefined) continue
    writing.putTask(line)
    writing.keep({ task, prior: before?.seq ?? 0, change })
  }
  applyOutsideTasks(writing, change)
  writing.putMark({ ...writing.mark, clock: observe(writing.mark.clock, stampOf(change.at)) })
}

/** An own change is done with; another's edit of a text moves the pending edits of that text. */
function confirmOrMove(writing: ReplicaWriting, change: CanonicalChange): void {
  const { replica, n, seq } = change
  const row = replica === null || n === null ? undefined : writing.find({ replica, n })
  const isOwn = row !== undefined && isOwnChange(row, change)
  if (isOwn && row.state < OUTBOX.done) writing.replace({ ...row, state: OUTBOX.done, seq, sentAt: Date.parse(change.time) })
  else if (change.op === 'text' && change.effect?.applied !== false) moveTextsOverForeign(writing, change.task, change.field, change.edit)
}

function applyOutsideTasks(writing: ReplicaWriting, change: CanonicalChange): void {
  for (const conflict of conflictsOf(change)) writing.putConflict(conflict)
  if (change.op === 'define') writing.putDefinition(foldDefinition(writing.definition(change.id), change))
  if (change.op !== 'member') return
  const line = foldMember(change)
  if (line === undefined) writing.removeMember(change.member)
  else writing.putMember(line)
}

/** A former replica's entry in new clocks ends when base covers all that came from it. */
function dropFormer(writing: ReplicaWriting): void {
  const { former } = writing.mark
  if (Object.keys(former).length === 0) return
  const waiting = new Set(writing.pending().map((row) => row.origin.replica))
  const left = Object.fromEntries(Object.entries(former).filter(([replica]) => waiting.has(replica)))
  writing.putMark({ ...writing.mark, former: left })
}
