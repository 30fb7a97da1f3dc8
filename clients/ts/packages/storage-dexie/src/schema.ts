/** A step of the schema: the stores that it adds or indexes anew, as Dexie writes them; null takes one away. */
export type SchemaStep = Readonly<Record<string, string | null>>

/** What exists nowhere else: no step may take these away. */
export const KEPT: readonly string[] = ['outbox', 'rejected', 'meta']

/**
 * The stores, as a list of steps: a database at version v runs the steps after v, in the transaction that also moves the version. Steps are
 * never altered once released. The confirmed state could be fetched anew; the outbox and the refused changes could not.
 */
export const SCHEMA: readonly SchemaStep[] = [
  {
    tasks: 'id, seq, status, assignee, dueDate, parent, project, *labels',
    tombstones: 'id, seq',
    // Nothing keeps two tasks from having a comment of one id.
    comments: '[task+id], task',
    attachments: '[task+id], task',
    definitions: 'id',
    members: 'member',
    emails: 'user',
    conflicts: 'id, task, open',
    outbox: 'place, &[replica+n], state, task',
    rejected: 'id',
    meta: 'name',
    // Which rows each recent transaction wrote: how other tabs follow.
    writes: 'version',
  },
  { journal: '++key, &[task+seq]' },
]
