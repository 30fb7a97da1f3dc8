import type { Origin, TaskId } from '@taskgrid/protocol'
import type { OutboxChange } from './outbox-change.js'
import { OUTBOX } from './outbox-change.js'
import { Table } from './table.js'

/** The outbox by place, and where to find a change by its origin and the pending ones of a task. */
export class OutboxTable extends Table<number, OutboxChange> {
  private readonly places = new Map<string, number>()
  private readonly open = new Map<number, OutboxChange>()
  private readonly openByTask = new Map<TaskId, Map<number, OutboxChange>>()
  private highest = 0

  /** The place that the next change takes. */
  next(): number {
    return this.highest + 1
  }

  /** A place that was given once is never given again. */
  reserve(place: number): void {
    this.highest = Math.max(this.highest, place)
  }

  find(origin: Origin): OutboxChange | undefined {
    const place = this.places.get(keyOf(origin))
    return place === undefined ? undefined : this.get(place)
  }

  pending(): readonly OutboxChange[] {
    return inOrder(this.open)
  }

  pendingOf(task: TaskId): readonly OutboxChange[] {
    const open = this.openByTask.get(task)
    return open === undefined ? [] : inOrder(open)
  }

  protected override assign(place: number, row: OutboxChange | undefined): void {
    this.reserve(place)
    const old = this.get(place)
    if (old !== undefined) this.forget(old)
    super.assign(place, row)
    if (row !== undefined) this.learn(row)
  }

  protected override become(rows: Map<number, OutboxChange>): void {
    for (const row of this.values()) this.forget(row)
    super.become(rows)
    for (const row of rows.values()) this.learn(row)
  }

  private forget({ place, origin, task }: OutboxChange): void {
    if (this.places.get(keyOf(origin)) === place) this.places.delete(keyOf(origin))
    this.open.delete(place)
    if (task === undefined) return
    const rest = this.openByTask.get(task)
    rest?.delete(place)
    if (rest?.size === 0) this.openByTask.delete(task)
  }

  private learn(row: OutboxChange): void {
    const { place, origin, task, state } = row
    this.places.set(keyOf(origin), place)
    if (state === OUTBOX.done) return
    this.open.set(place, row)
    if (task === undefined) return
    const rows = this.openByTask.get(task) ?? new Map<number, OutboxChange>()
    this.openByTask.set(task, rows.set(place, row))
  }
}

function keyOf({ replica, n }: Origin): string {
  return `${replica}/${n}`
}

function inOrder(rows: ReadonlyMap<number, OutboxChange>): readonly OutboxChange[] {
  return [...rows.values()].sort((left, right) => left.place - right.place)
}
