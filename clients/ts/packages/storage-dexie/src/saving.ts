import type { TaskId } from '@taskgrid/protocol'
import type { Delta, LoadedTask, ReplicaMark, RowDelta, TableDelta } from '@taskgrid/replica'
import type { Table } from 'dexie'
import type { ReplicaDatabase } from './replica-database.js'
import type { ConflictRow } from './rows.js'
import { outboxRow, taskRow } from './rows.js'

/** Writes down what transactions did, in the caller's transaction. */

// How many transactions are told to other tabs row by row; who is further behind reads all anew.
const TOLD = 200
// About 40 MB of ordinary changes: months of a busy team.
const JOURNAL_KEPT = 100_000
// More rows than this are not told one by one.
const TOLD_ROWS = 500

/** What may be dropped on a full disk: it can be fetched anew. */
export function confirmedStores(db: ReplicaDatabase): readonly Table[] {
  return [db.tasks, db.tombstones, db.comments, db.attachments, db.definitions, db.members, db.conflicts, db.journal]
}

/** Writes a transaction down; of one whose confirmed state makes room for the outbox, only the latter. */
export async function saveDelta(db: ReplicaDatabase, delta: Delta, withConfirmed: boolean): Promise<void> {
  if (withConfirmed) {
    await saveTasks(db, delta.tasks)
    await saveJournal(db, delta)
    await saveTable(db.definitions, delta.definitions, (_, row) => row)
    await saveTable(db.members, delta.members, (_, row) => row)
    await saveTable(db.conflicts, delta.conflicts, (id, note): ConflictRow => ({ id, task: note.task, open: note.open ? 1 : 0, note }))
  }
  await saveTable(db.emails, delta.emails, (user, email) => ({ user, email }))
  await saveOutbox(db, delta)
  if (delta.mark !== undefined) await saveMark(db, delta.mark, withConfirmed)
}

/** Tells other tabs what a transaction wrote. */
export async function tell(db: ReplicaDatabase, version: number, delta: Delta, rowByRow: boolean): Promise<void> {
  const tables = { ...delta, mark: undefined, journal: undefined } as Readonly<Record<string, TableDelta<string | number, unknown> | undefined>>
  const keys = Object.entries(tables).flatMap(([store, table]) => (table === undefined || table.rows.length === 0 ? [] : [[store, table.rows.map(({ key }) => key)] as const]))
  const isShort = rowByRow && keys.reduce((sum, [, of]) => sum + of.length, 0) <= TOLD_ROWS && Object.values(tables).every((table) => table?.cleared !== true)
  await db.writes.put(isShort ? { version, keys: Object.fromEntries(keys) } : { version })
  await db.writes.where('version').belowOrEqual(version - TOLD).delete()
  await db.meta.put({ name: 'version', version })
}

/** Where the replica stands; a confirmed state that is not kept is to be taken anew. */
export async function saveMark(db: ReplicaDatabase, mark: ReplicaMark, withConfirmed: boolean): Promise<void> {
  await db.meta.put({ name: 'mark', mark: withConfirmed ? mark : { ...mark, evicted: true, digest: 0n } })
}

async function saveJournal(db: ReplicaDatabase, { tasks, journal }: Delta): Promise<void> {
  if (tasks.cleared) await db.journal.clear()
  if (journal.length === 0) return
  const rows = journal.map(({ task, prior, change }) => ({ task, seq: change.seq, prior, change }))
  const known = await db.journal.where('[task+seq]').anyOf(rows.map(({ task, seq }) => [task, seq])).toArray()
  const keys = new Set(known.map(({ task, seq }) => `${task}/${seq}`))
  // What is kept already stays; so does the first of two in one transaction.
  const fresh = rows.filter(({ task, seq }) => keys.size < keys.add(`${task}/${seq}`).size)
  if (fresh.length === 0) return
  const last = await db.journal.bulkAdd(fresh)
  await db.journal.where('key').belowOrEqual(last - JOURNAL_KEPT).delete()
}

async function saveOutbox(db: ReplicaDatabase, { outbox, rejected }: Delta): Promise<void> {
  // Taken out first, so that no origin is there twice at any moment.
  await db.outbox.bulkDelete(outbox.rows.map(({ key }) => key))
  await saveTable(db.outbox, outbox, (_, row) => outboxRow(row))
  await saveTable(db.rejected, rejected, (_, row) => row)
}

async function saveTasks(db: ReplicaDatabase, { cleared, rows }: TableDelta<TaskId, LoadedTask>): Promise<void> {
  if (cleared) for (const table of [db.tasks, db.tombstones, db.comments, db.attachments]) await table.clear()
  const there = rows.flatMap(({ row }) => row ?? [])
  const [dead, live] = [there.filter(({ line }) => line.deleted), there.filter(({ line }) => !line.deleted)]
  await db.tasks.bulkPut(live.map(({ line, term }) => taskRow(line, term)))
  await db.tombstones.bulkPut(dead.map(({ line, term }) => taskRow(line, term)))
  if (!cleared) {
    await db.tasks.bulkDelete(dead.map(({ line }) => line.id))
    await db.tombstones.bulkDelete(live.map(({ line }) => line.id))
  }
  await db.comments.bulkPut(rows.flatMap((row) => partsOf(row, ({ line }) => line.comments)))
  await db.attachments.bulkPut(rows.flatMap((row) => partsOf(row, ({ line }) => line.attachments)))
}

/** The comments or attachments that a transaction made or changed: the fold leaves the others as they are, to the object. */
function partsOf<T extends object>({ key, row, before }: RowDelta<TaskId, LoadedTask>, parts: (task: LoadedTask) => readonly T[]): readonly (T & { task: string })[] {
  if (row === undefined) return []
  const old = new Set(before === undefined ? [] : parts(before))
  return parts(row).filter((part) => !old.has(part)).map((part) => ({ ...part, task: key }))
}

async function saveTable<S, K, R>(table: Table<S, K>, { cleared, rows }: TableDelta<K, R>, write: (key: K, row: R) => S): Promise<void> {
  if (cleared) await table.clear()
  const [gone, there] = [rows.filter(({ row }) => row === undefined), rows.flatMap(({ key, row }) => (row === undefined ? [] : [write(key, row)]))]
  if (gone.length > 0) await table.bulkDelete(gone.map(({ key }) => key))
  if (there.length > 0) await table.bulkPut(there)
}
