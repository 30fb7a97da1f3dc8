import type { ReplicaId, SnapshotHead } from '@taskgrid/protocol'
import type { OutboxChange } from '../store/outbox-change.js'
import { isText, OUTBOX } from '../store/outbox-change.js'
import type { ReplicaWriting } from '../store/replica-store.js'
import type { FreshId } from './new-replica.js'
import { clockAt, issueAnew } from './new-replica.js'

/**
 * The server came back from an older backup: a new history. What of this store's changes its state does not hold, answered ones included,
 * is offered again under a new replica id [PL9].
 *
 * Seqs of the lost part mean nothing any more, so a base above the new state goes down to it. A text edit is expressed anew on the new text;
 * of one that was in the lost part, what its author typed comes again. Nothing is deleted on the strength of a text that is gone.
 */

/** The highest number of each replica of this store, former ones included, that a state holds. */
export type Held = ReadonlyMap<ReplicaId, number>

/**
 * Before the state is replaced: brings what the new one does not hold back into the outbox, oldest first. Answers the places of those that
 * the old confirmed state held.
 */
export function beginReoffer(writing: ReplicaWriting, held: Held): ReadonlySet<number> {
  const lost = new Set<number>()
  for (const row of writing.replicas().flatMap((replica) => writing.from(replica, 1))) {
    if (row.origin.n <= (held.get(row.origin.replica) ?? 0)) writing.replace({ ...row, state: OUTBOX.done })
    else if (row.state >= OUTBOX.answered) {
      const wasDone = row.state === OUTBOX.done
      if (wasDone) lost.add(row.place)
      const shown = wasDone && row.change.op === 'text' ? { shown: row.change.edit } : {}
      writing.replace({ ...row, state: OUTBOX.sent, ...shown })
    }
  }
  return lost
}

/** After it: gives them new numbers, and bases that the new log has. */
export function endReoffer(writing: ReplicaWriting, freshId: FreshId, head: SnapshotHead): void {
  issueAnew(writing, freshId, head.history, writing.pending(), {}, (row) => reoffered(row, head))
}

function reoffered(row: OutboxChange, head: SnapshotHead): OutboxChange['change'] {
  if (isText(row)) return { ...row.change, clock: clockAt(head.seq), edit: row.shown }
  return { ...row.change, clock: clockAt(Math.min(row.change.clock.base, head.seq)) }
}
