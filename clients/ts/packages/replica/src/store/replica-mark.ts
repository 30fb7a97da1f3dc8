import type { HybridClock } from '@taskgrid/kernel'
import { FRESH_CLOCK } from '@taskgrid/kernel'
import type { CausalClock, OrganizationId, ReplicaId, UserId } from '@taskgrid/protocol'

/** Where a replica stands. Written in the same transaction as whatever moves it. */
export interface ReplicaMark {
  readonly organization: OrganizationId
  readonly user: UserId
  /** The replica that new changes belong to. */
  readonly replica: ReplicaId
  /** The number that the next change takes. */
  readonly nextN: number
  /** The confirmed state is that of the log at this seq. */
  readonly base: number
  /** The log's identity; null before the first answer. */
  readonly history: string | null
  /** The clock that stamps new changes. */
  readonly clock: HybridClock
  /** Milliseconds to add to the device's clock for an estimate of the server's. */
  readonly clockOffset: number
  /** Digest of the confirmed tasks, as a sum. */
  readonly digest: bigint
  /** What the replica carries in its clocks after a fork, until base covers it: former replicas and their last numbers [CL2]. */
  readonly former: Readonly<Record<ReplicaId, number>>
  /** When the digest last disagreed and a snapshot was taken; 0 if never. */
  readonly resyncedAt: number
  /** Access was lost: the confirmed state is gone, the outbox is kept [AC5]. */
  readonly quarantined: boolean
  /** The confirmed state had to make room on a full disk for the outbox, and is to be taken anew. */
  readonly evicted: boolean
  /** The last time that a sync reached the head; 0 if never. */
  readonly syncedAt: number
}

/** The mark of a new store. */
export function freshMark(organization: OrganizationId, user: UserId, replica: ReplicaId): ReplicaMark {
  return {
    organization, user, replica, nextN: 1, base: 0, history: null, clock: FRESH_CLOCK, clockOffset: 0, digest: 0n, former: {},
    resyncedAt: 0, quarantined: false, evicted: false, syncedAt: 0,
  }
}

/** What a change that is made now has seen. */
export function seenBy(mark: ReplicaMark): CausalClock {
  return { ...mark.former, base: mark.base }
}
