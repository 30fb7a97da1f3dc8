import { tryApplyEdit } from '@taskgrid/kernel'
import type { ChangeBody, Code, CommentId, CommentLine, EditText, Role, TaskBody, TaskLine } from '@taskgrid/protocol'
import { isAtLeast, LIMITS, readChange, utf8Length } from '@taskgrid/protocol'
import type { ReplicaReading } from '../store/replica-store.js'
import { shownTask } from '../views/replica-view.js'

/** Why a change cannot be made. */
export interface WriteFault {
  readonly code: Code
  readonly detail: string
}

/**
 * Says what the server would refuse, before it is written: the form by the same rules as the server's, the rest against what is shown. It
 * cannot know everything (a role may have changed); what it lets through wrongly comes back as rejected.
 */
export function writeFault(reading: ReplicaReading, body: ChangeBody): WriteFault | undefined {
  const role = ownRole(reading)
  if (role === 'viewer') return { code: 'forbidden', detail: 'You can only read this organization. Ask an admin to make you a member.' }
  const form = readChange({ n: 1, at: '2000-01-01T00:00:00.000Z/0000', clock: { base: 0 }, ...body })
  if ('fault' in form) return { code: 'invalid', detail: form.fault }
  switch (body.op) {
    case 'create':
      return shownTask(reading, body.task) === undefined ? undefined : { code: 'exists', detail: 'The task exists already.' }
    case 'resolve':
      return reading.conflict(body.conflict) === undefined ? { code: 'unknown', detail: 'There is no such conflict.' } : undefined
    case 'delete':
    case 'define':
    case 'void':
      return undefined
    default: {
      const line = shownTask(reading, body.task)
      return line === undefined ? { code: 'unknown', detail: 'There is no such task.' } : onTaskFault(reading, role, line, body)
    }
  }
}

function onTaskFault(reading: ReplicaReading, role: Role | undefined, line: TaskLine, body: TaskBody): WriteFault | undefined {
  switch (body.op) {
    case 'text':
      return textFault(line, body)
    case 'comment':
      return body.parent === undefined || commentOf(line, body.parent) !== undefined
        ? undefined
        : { code: 'unknown', detail: 'There is no such comment to answer.' }
    case 'editComment':
    case 'deleteComment':
      return commentFault(reading, role, commentOf(line, body.comment))
    default:
      return undefined
  }
}

function textFault(line: TaskLine, { field, edit }: EditText): WriteFault | undefined {
  const after = tryApplyEdit(line[field], edit)
  if (after === undefined) return { code: 'invalid', detail: 'The edit reaches past the end of the text.' }
  const most = LIMITS[field]
  return utf8Length(after) > most ? { code: 'invalid', detail: `The ${field} would be longer than ${most / 1024} KiB.` } : undefined
}

function commentFault(reading: ReplicaReading, role: Role | undefined, comment: CommentLine | undefined): WriteFault | undefined {
  if (comment === undefined) return { code: 'unknown', detail: 'There is no such comment.' }
  const may = comment.user === reading.mark.user || role === undefined || isAtLeast(role, 'admin')
  return may ? undefined : { code: 'forbidden', detail: 'Only its author or an admin can change a comment.' }
}

function commentOf(line: TaskLine, id: CommentId): CommentLine | undefined {
  return line.comments.find((comment) => comment.id === id)
}

function ownRole(reading: ReplicaReading): Role | undefined {
  return reading.members().find(({ line }) => line.member === reading.mark.user)?.line.role
}
