import { countCodePoints, onlyInserts } from '@taskgrid/kernel'
import type { ChangeBody, Origin } from '@taskgrid/protocol'
import type { RejectedChange } from '../store/outbox-change.js'
import { bodyOf } from '../store/outbox-change.js'
import type { ReplicaReading, ReplicaStore, ReplicaWriting } from '../store/replica-store.js'
import type { Time } from '../time.js'
import { SYSTEM_TIME } from '../time.js'
import { shownTask } from '../views/replica-view.js'
import { appendToOutbox } from './outbox.js'
import type { WriteFault } from './write-check.js'
import { writeFault } from './write-check.js'

/** What became of a local write. */
export type WriteOutcome =
  /** It is in the outbox, on disk, and shown from now on; composed edits share one number. */
  | { readonly kind: 'written'; readonly origins: readonly Origin[] }
  /** Nothing was written; the index says which of the changes is at fault. */
  | ({ readonly kind: 'refused'; readonly index: number } & WriteFault)

/** What to write: changes, or how to make them of what is shown at this moment, in the same transaction. */
export type Bodies = readonly ChangeBody[] | ((reading: ReplicaReading) => readonly ChangeBody[])

/** One replica as its user works with it: writes go to the outbox in one local transaction and return; the network is never waited for. */
export class Replica {
  /** The store under it. */
  readonly store: ReplicaStore
  private readonly time: Time

  constructor(store: ReplicaStore, time: Time = SYSTEM_TIME) {
    this.store = store
    this.time = time
  }

  /** Makes changes, all of them or, where one is at fault, none. */
  write(bodies: Bodies): Promise<WriteOutcome> {
    return this.transact((writing) => this.append(writing, typeof bodies === 'function' ? bodies(writing) : bodies))
  }

  /** Takes a refused change up again: as a new change, on what is shown now. */
  retry(rejected: RejectedChange): Promise<WriteOutcome> {
    return this.transact((writing) => {
      const origins = this.append(writing, [renewed(writing, bodyOf(rejected.change))])
      writing.forget(rejected)
      return origins
    })
  }

  /** Takes a refused change off the list. */
  discard(rejected: RejectedChange): Promise<void> {
    return this.store.write((writing) => writing.forget(rejected))
  }

  private async transact(write: (writing: ReplicaWriting) => readonly Origin[]): Promise<WriteOutcome> {
    try {
      return { kind: 'written', origins: await this.store.write(write) }
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'refused', index: error.index, ...error.fault }
      throw error
    }
  }

  private append(writing: ReplicaWriting, bodies: readonly ChangeBody[]): readonly Origin[] {
    return bodies.map((body, index) => {
      const fault = writeFault(writing, body)
      if (fault !== undefined) throw new Refusal(index, fault)
      return appendToOutbox(writing, body, this.time.now())
    })
  }
}

/** The same body; a text edit, which was made on a text that nobody sees any more, keeps what it inserts. */
function renewed(reading: ReplicaReading, body: ChangeBody): ChangeBody {
  if (body.op !== 'text') return body
  const shown = shownTask(reading, body.task)
  return shown === undefined ? body : { ...body, edit: onlyInserts(body.edit, countCodePoints(shown[body.field])) }
}

/** Carries a refusal out of the transaction, which takes back what the changes before it had written. */
class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly index: number
  readonly fault: WriteFault

  constructor(index: number, fault: WriteFault) {
    super(fault.detail)
    this.index = index
    this.fault = fault
  }
}
