import { derivedId } from '@taskgrid/kernel'
import type { CausalClock, Change, JsonValue, ReplicaId } from '@taskgrid/protocol'
import { canonical } from '@taskgrid/protocol'
import type { OutboxChange } from '../store/outbox-change.js'
import { anew, OUTBOX } from '../store/outbox-change.js'
import type { ReplicaMark } from '../store/replica-mark.js'
import type { ReplicaWriting } from '../store/replica-store.js'

/** Makes the id of a replica that goes on under a new one. */
export type FreshId = () => ReplicaId

/**
 * After a fork: the changes from `n` up are this store's alone. They keep stamp and base; their clocks gain the old replica up to the last
 * number that both copies share [PU9].
 */
export function forkReplica(writing: ReplicaWriting, freshId: FreshId, n: number): void {
  const { mark } = writing
  const former = n > 1 ? { ...mark.former, [mark.replica]: n - 1 } : mark.former
  const rows = writing.from(mark.replica, n).filter((row) => row.state < OUTBOX.answered)
  issueAnew(writing, freshId, mark.history, rows, former, ({ change }) => ({ ...change, clock: { ...change.clock, ...former } }))
}

/**
 * Issues rows anew from 1, under a replica id of their own, each as what it is expressed as. The new id follows from what is issued first,
 * where there is something: two copies of a profile that hold the same unsent work both get here, and under one id the server takes it in
 * once. Where they differ later, one of them is told of a fork again. The log counts too: after a restored backup a number of one log says
 * nothing of another's.
 */
export function issueAnew(
  writing: ReplicaWriting,
  freshId: FreshId,
  history: ReplicaMark['history'],
  rows: readonly OutboxChange[],
  former: ReplicaMark['former'],
  express: (row: OutboxChange) => Change,
): void {
  const [head] = rows
  const replica = head === undefined ? freshId() : derivedFrom(writing.mark, history, { ...express(head), n: 1 })
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

function derivedFrom({ user, replica }: ReplicaMark, history: ReplicaMark['history'], first: Change): ReplicaId {
  return derivedId(`${user}/${replica}/${history ?? ''}/${canonical(first as unknown as JsonValue)}`)
}
