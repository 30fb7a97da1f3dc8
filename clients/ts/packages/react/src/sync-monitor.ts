import type { SyncEvent, SyncOutcome, SyncStatus } from '@taskgrid/replica'
import { FRESH_STATUS, statusAfter } from '@taskgrid/replica'

/** Keeps the status of a sync loop for whoever shows it: give its `watch` to the loop. */
export class SyncMonitor {
  private current = FRESH_STATUS
  private readonly listeners = new Set<() => void>()

  /** Takes an event of the loop. */
  readonly watch = (event: SyncEvent): void => {
    this.become(statusAfter(this.current, event))
  }

  /** The loop ended: only a person can help. */
  readonly ended = (outcome: SyncOutcome): void => {
    this.become({ ...this.current, phase: 'stopped', live: false, outcome })
  }

  readonly status = (): SyncStatus => this.current

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private become(status: SyncStatus): void {
    if (status === this.current) return
    this.current = status
    for (const listener of [...this.listeners]) listener()
  }
}
