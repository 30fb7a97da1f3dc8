import type { TaskId } from '@taskgrid/protocol'
import type { Delta, LoadedTask, ReplicaMark, RowDelta, TableDelta } from '@taskgrid/replica'
import type { ReplicaDatabase } from './replica-database.js'
import type { AttachmentRow, CommentRow, ConflictRow, EmailRow, OutboxRow, TaskRow, WriteRow } from './rows.js'
import { outboxChange, taskLine } from './rows.js'

/** Reads rows for the tables in memory, in the caller's transaction. */

/** How often the store was written. */
export async function readVersion(db: ReplicaDatabase): Promise<number> {
  const row = await db.meta.get('version')
  return row?.name === 'version' ? row.version : 0
}

/** Where the replica stands. */
export async function readMark(db: ReplicaDatabase): Promise<ReplicaMark | undefined> {
  const row = await db.meta.get('mark')
  return row?.name === 'mark' ? row.mark : undefined
}

/** All that there is. */
export async function readAll(db: ReplicaDatabase): Promise<Partial<Delta>> {
  const [mark, tasks, tombstones, comments, attachments] = await Promise.all([
    readMark(db), db.tasks.toArray(), db.tombstones.toArray(), db.comments.toArray(), db.attachments.toArray(),
  ])
  const [definitions, members, emails, conflicts, outbox, rejected] = await Promise.all([
    db.definitions.toArray(), db.members.toArray(), db.emails.toArray(), db.conflicts.toArray(), db.outbox.toArray(), db.rejected.toArray(),
  ])
  const whole = <K, R>(rows: readonly RowDelta<K, R>[]): TableDelta<K, R> => ({ cleared: true, rows })
  return {
    ...(mark === undefined ? {} : { mark }),
    tasks: whole(loaded([...tasks, ...tombstones], comments, attachments)),
    definitions: whole(definitions.map((row) => ({ key: row.id, row }))),
    members: whole(members.map((row) => ({ key: row.member, row }))),
    emails: whole(emails.map(({ user, email }) => ({ key: user, row: email }))),
    conflicts: whole(conflicts.map(({ id, note }) => ({ key: id, row: note }))),
    outbox: whole(outbox.map((row) => ({ key: row.place, row: outboxChange(row) }))),
    rejected: whole(rejected.map((row) => ({ key: row.id, row }))),
  }
}

/** What other tabs wrote after a version; undefined where that is not told any more. */
export async function readSince(db: ReplicaDatabase, from: number, to: number): Promise<Partial<Delta> | undefined> {
  const writes = await db.writes.where('version').above(from).toArray()
  if (writes.length !== to - from || writes.some(({ keys }) => keys === undefined)) return undefined
  const keys = (store: string) => keysOf(writes, store)
  const tasks = keys('tasks') as TaskId[]
  const [live, dead] = [await db.tasks.bulkGet(tasks), await db.tombstones.bulkGet(tasks)]
  const comments = await db.comments.where('task').anyOf(tasks).toArray()
  const attachments = await db.attachments.where('task').anyOf(tasks).toArray()
  const rows = loaded([...live, ...dead].filter((row) => row !== undefined), comments, attachments)
  const mark = await readMark(db)
  return {
    ...(mark === undefined ? {} : { mark }),
    tasks: some(tasks.map((key) => ({ key, row: rows.find((found) => found.key === key)?.row }))),
    definitions: some(await rowsOf(db.definitions, keys('definitions') as string[], (row) => row)),
    members: some(await rowsOf(db.members, keys('members') as string[], (row) => row)),
    emails: some(await rowsOf(db.emails, keys('emails') as string[], (row: EmailRow) => row.email)),
    conflicts: some(await rowsOf(db.conflicts, keys('conflicts') as string[], (row: ConflictRow) => row.note)),
    outbox: some(await rowsOf(db.outbox, keys('outbox') as number[], (row: OutboxRow) => outboxChange(row))),
    rejected: some(await rowsOf(db.rejected, keys('rejected') as number[], (row) => row)),
  }
}

function keysOf(writes: readonly WriteRow[], store: string): readonly (string | number)[] {
  return [...new Set(writes.flatMap(({ keys }) => keys?.[store] ?? []))]
}

function some<K, R>(rows: readonly RowDelta<K, R>[]): TableDelta<K, R> {
  return { cleared: false, rows }
}

async function rowsOf<S, K, R>(
  table: { bulkGet(keys: K[]): PromiseLike<(S | undefined)[]> }, keys: K[], read: (row: S) => R,
): Promise<readonly RowDelta<K, R>[]> {
  const rows = await table.bulkGet(keys)
  return keys.map((key, i) => {
    const row = rows[i]
    return { key, row: row === undefined ? undefined : read(row) }
  })
}

function loaded(
  rows: readonly TaskRow[], comments: readonly CommentRow[], attachments: readonly AttachmentRow[],
): readonly RowDelta<TaskId, LoadedTask>[] {
  const [commentsOf, attachmentsOf] = [byTask(comments), byTask(attachments)]
  return rows.map((row) => ({
    key: row.id, row: { line: taskLine(row, commentsOf.get(row.id) ?? [], attachmentsOf.get(row.id) ?? []), term: row.term },
  }))
}

function byTask<T extends { readonly task: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(row.task)
    if (group === undefined) groups.set(row.task, [row])
    else group.push(row)
  }
  return groups
}
