import type { CausalClock, Change, ReplicaId } from '@taskgrid/protocol'
import { newId } from '../ids.js'
import type { OutboxChange } from '../store/outbox-change.js'
import { anew, OUTBOX } from '../store/outbox-change.js'
import type { ReplicaWriting } from '../store/replica-store.js'

/**
 * After a fork: the changes from `n` up are this store's alone. They keep stamp and base; their clocks gain the old replica up to the last
 * number that both copies share [PU9].
 */
export function forkReplica(writing: ReplicaWriting, n: number): void {
  const { mark } = writing
  const former = n > 1 ? { ...mark.former, [mark.replica]: n - 1 } : mark.former
  const rows = writing.from(mark.replica, n).filter((row) => row.state < OUTBOX.answered)
  issueAnew(writing, rows, former, ({ change }) => ({ ...change, clock: { ...change.clock, ...former } }))
}

/** Issues rows anew from 1, under a replica id of their own, each as what it is expressed as. */
export function issueAnew(
  writing: ReplicaWriting, rows: readonly OutboxChange[], former: Readonly<Record<ReplicaId, number>>, express: (row: OutboxChange) => Change,
): void {
  const replica = newId()
  for (const [i, row] of rows.entries()) {
    const n = i + 1
    writing.replace(anew(row, { replica, n }, { ...express(row), n }, row.shown))
  }
  writing.putMark({ ...writing.mark, replica, nextN: rows.length + 1, former })
}

/** A clock that has seen the log up to a seq and nothing else. */
export function clockAt(base: number): CausalClock {
  return { base }
}
