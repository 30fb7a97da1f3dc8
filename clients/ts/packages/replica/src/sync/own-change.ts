import { deletedBy } from '@taskgrid/kernel'
import type { CanonicalChange, Define, TextEdit } from '@taskgrid/protocol'
import { canonical, sameJson } from '@taskgrid/protocol'
import type { JsonValue } from '@taskgrid/protocol'
import type { OutboxChange } from '../store/outbox-change.js'
import { bodyOf } from '../store/outbox-change.js'

/**
 * Tells whether a canonical change under one of this store's numbers is this store's. It is another one's where the profile was copied: both
 * copies go on with the same numbers, until the server tells one of them that it is a fork [PU8].
 */
export function isOwnChange({ change: sent }: OutboxChange, taken: CanonicalChange): boolean {
  if ((taken.atSent ?? taken.at) !== sent.at) return false
  if (sent.op === 'text' && taken.op === 'text') return sent.task === taken.task && sent.field === taken.field && canBecome(sent.edit, taken.edit)
  if (sent.op === 'define' && taken.op === 'define') return holds(sent, taken)
  return canonical(bodyOf(sent) as unknown as JsonValue) === canonical(sentBody(taken) as JsonValue)
}

/** True if one edit can be what became of another on its way over others: all that was inserted is, no more was deleted. */
export function canBecome(sent: TextEdit, applied: TextEdit): boolean {
  return inserted(sent) === inserted(applied) && deletedBy(applied) <= deletedBy(sent)
}

/** Of a definition the log names only what won. */
function holds(sent: Define, taken: Define): boolean {
  const isSame = ([name, value]: readonly [string, JsonValue]) => Object.hasOwn(sent.values, name) && sameJson(sent.values[name] ?? null, value)
  return sent.kind === taken.kind && sent.id === taken.id && Object.entries(taken.values).every(isSame)
}

/** The body as its author sent it: a resolve named its conflict by id. */
function sentBody(taken: CanonicalChange): unknown {
  const { seq: _seq, replica: _replica, n: _n, user: _user, time: _time, at: _at, atSent: _atSent, clock: _clock, effect: _effect, conflict, conflicts: _others, ...body } = taken
  return taken.op === 'resolve' ? { ...body, conflict: conflict?.id } : body
}

function inserted(edit: TextEdit): string {
  return edit.filter((part) => typeof part === 'string').join('')
}
