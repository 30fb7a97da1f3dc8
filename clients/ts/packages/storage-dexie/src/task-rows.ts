import type { TaskId, TaskLine, UserId } from '@taskgrid/protocol'
import type { Collection } from 'dexie'
import type { ReplicaDatabase } from './replica-database.js'
import type { TaskRow } from './rows.js'
import { taskLine } from './rows.js'

/** What confirmed tasks are asked for; all that is given must hold. */
export interface TaskKeys {
  readonly status?: string
  readonly assignee?: UserId
  readonly label?: string
  readonly parent?: TaskId
  readonly project?: string
}

/**
 * Confirmed tasks by their indexes, for whoever has not the whole replica in memory: a worker that keeps a search index, a count on a start
 * page. Pending changes are not in them.
 */
export class TaskRows {
  private readonly db: ReplicaDatabase

  constructor(db: ReplicaDatabase) {
    this.db = db
  }

  /** Those that a change after this seq touched, in order of that change; tombstones included. */
  async since(seq: number): Promise<readonly TaskLine[]> {
    const live = await this.db.tasks.where('seq').above(seq).toArray()
    const dead = await this.db.tombstones.where('seq').above(seq).toArray()
    return this.lines([...live, ...dead].sort((left, right) => left.seq - right.seq))
  }

  /** Those with all of these; the index with the fewest entries leads, the others are looked at row by row. */
  async matching(keys: TaskKeys): Promise<readonly TaskLine[]> {
    const ways = this.ways(keys)
    const counts = await Promise.all(ways.map((way) => way.clone().count()))
    const fewest = ways[counts.indexOf(Math.min(...counts))] ?? this.db.tasks.toCollection()
    return this.lines(await fewest.filter((row) => holds(row, keys)).toArray())
  }

  private ways({ status, assignee, label, parent, project }: TaskKeys): readonly Collection<TaskRow, TaskId>[] {
    const by = (index: string, key: string | undefined) => (key === undefined ? [] : [this.db.tasks.where(index).equals(key)])
    return [
      ...by('status', status), ...by('assignee', assignee), ...by('labels', label), ...by('parent', parent), ...by('project', project),
    ]
  }

  private async lines(rows: readonly TaskRow[]): Promise<readonly TaskLine[]> {
    const ids = rows.map(({ id }) => id)
    const comments = await this.db.comments.where('task').anyOf(ids).toArray()
    const attachments = await this.db.attachments.where('task').anyOf(ids).toArray()
    return rows.map((row) => taskLine(row, comments.filter(({ task }) => task === row.id), attachments.filter(({ task }) => task === row.id)))
  }
}

function holds(row: TaskRow, { status, assignee, label, parent, project }: TaskKeys): boolean {
  return (
    (status === undefined || row.status === status) &&
    (assignee === undefined || row.assignee === assignee) &&
    (label === undefined || row.labels.includes(label)) &&
    (parent === undefined || row.parent === parent) &&
    (project === undefined || row.project === project)
  )
}
