import type { ConflictId, DefinitionLine, MemberLine, TaskId } from '@taskgrid/protocol'
import type { RejectedChange } from '@taskgrid/replica'
import type { DexieOptions, Table } from 'dexie'
import { Dexie } from 'dexie'
import type { AttachmentRow, CommentRow, ConflictRow, EmailRow, JournalRow, MetaRow, OutboxRow, TaskRow, WriteRow } from './rows.js'
import type { SchemaStep } from './schema.js'
import { SCHEMA } from './schema.js'

/** The database was written by a newer version of this program. */
export class NewerDatabase extends Error {
  override readonly name = 'NewerDatabase'
}

/** The stores of a replica in IndexedDB. */
export class ReplicaDatabase extends Dexie {
  declare readonly tasks: Table<TaskRow, TaskId>
  declare readonly tombstones: Table<TaskRow, TaskId>
  declare readonly comments: Table<CommentRow, [string, string]>
  declare readonly attachments: Table<AttachmentRow, [string, string]>
  declare readonly definitions: Table<DefinitionLine, string>
  declare readonly members: Table<MemberLine, string>
  declare readonly emails: Table<EmailRow, string>
  declare readonly conflicts: Table<ConflictRow, ConflictId>
  declare readonly outbox: Table<OutboxRow, number>
  declare readonly rejected: Table<RejectedChange, number>
  declare readonly meta: Table<MetaRow, MetaRow['name']>
  declare readonly journal: Table<JournalRow, number>
  declare readonly writes: Table<WriteRow, number>
  private readonly newest: number

  constructor(name: string, options: DexieOptions = {}, steps: readonly SchemaStep[] = SCHEMA) {
    // A change that its user was told of must outlive the power: commits are forced to the disk.
    super(name, { chromeTransactionDurability: 'strict', ...options })
    this.newest = steps.length
    for (const [i, step] of steps.entries()) this.version(i + 1).stores({ ...step })
  }

  /**
   * Opens it, and brings it to the newest schema.
   * @throws NewerDatabase where a newer version wrote it: nothing of it is touched.
   */
  async openAll(): Promise<void> {
    await this.open()
    // Dexie opens what is newer as it finds it.
    if (this.backendDB().version / 10 <= this.newest) return
    this.close()
    throw new NewerDatabase('This store was written by a newer version of TaskGrid. Please update.')
  }
}
