import type { CanonicalBody, CanonicalChange, CanonicalHeader, Effect } from '../changes/canonical-change.js'
import type { ConflictNote, ConflictResolution, ConflictVersion } from '../changes/conflict-note.js'
import { CONFLICT_KINDS } from '../changes/conflict-note.js'
import { LIMITS } from '../changes/limits.js'
import type { TaskId } from '../ids.js'
import { isId } from '../ids.js'
import { isRole } from '../wire/role.js'
import { readBody, readDecision } from './body-reader.js'
import { MemberReader } from './member-reader.js'
import { UnknownForm } from './unknown-form.js'

/**
 * Reads a canonical change. A client that meets an op, field, effect or kind of conflict that it does not know must stop and ask to be
 * updated; members that it does not know are passed over, so that a newer server may say more [PL10].
 * @throws UnknownForm where it has an op, field, effect or kind of conflict that this version does not know.
 */
export function readCanonicalChange(value: unknown): CanonicalChange {
  const members = new MemberReader(value)
  const conflict = members.has('conflict') ? readConflictNote(members.take('conflict')) : undefined
  const header: CanonicalHeader = {
    seq: members.number('seq', 1),
    replica: takeNull(members, 'replica') ? null : members.id('replica'),
    n: takeNull(members, 'n') ? null : members.number('n', 1),
    user: members.id('user'),
    time: members.time('time'),
    at: members.stamp('at'),
    ...(members.has('atSent') ? { atSent: members.stamp('atSent') } : {}),
    ...(members.has('clock') ? { clock: members.clock('clock') } : {}),
    ...(members.has('effect') ? { effect: readEffect(members.take('effect')) } : {}),
    ...(conflict === undefined ? {} : { conflict }),
    ...(members.has('conflicts') ? { conflicts: array(members.take('conflicts')).map(readConflictNote) } : {}),
  }
  const body = members.fault === undefined ? readCanonicalBody(members, conflict) : undefined
  if (members.fault !== undefined || body === undefined) throw new UnknownForm(members.fault ?? 'no op')
  return { ...header, ...body }
}

/** Null and absent are the same: a change that no replica made. */
function takeNull(members: MemberReader, name: string): boolean {
  if (members.has(name) && members.peek(name) !== null) return false
  members.takeOptional(name)
  return true
}

function readCanonicalBody(members: MemberReader, conflict: ConflictNote | undefined): CanonicalBody | undefined {
  const op = members.peek('op')
  if (op === 'member') return readMember(members)
  if (op !== 'resolve') return readBody(members) as CanonicalBody | undefined
  members.take('op')
  if (conflict !== undefined) return { ...readDecision(members), conflict }
  members.fail("'conflict' is missing")
  return undefined
}

function readMember(members: MemberReader): CanonicalBody {
  members.take('op')
  const role = members.take('role')
  if (role !== null && !isRole(role)) members.fail("'role' is no role of this version")
  return { op: 'member', member: members.id('member'), name: members.text('name', LIMITS.title, true), role: isRole(role) ? role : null }
}

function readEffect(value: unknown): Effect {
  const members = new MemberReader(value)
  const applied = members.takeOptional('applied')
  if (applied !== undefined && applied !== false) members.fail("'applied' must be false")
  const parent = members.takeOptional('parent')
  if (parent !== undefined && parent !== null) members.fail("'parent' must be null")
  const effect: Effect = {
    ...(applied === false ? { applied } : {}),
    ...(members.has('value') ? { value: members.json('value') } : {}),
    ...(parent === null ? { parent } : {}),
    ...(members.has('deleted') ? { deleted: tasks(members, 'deleted') } : {}),
    ...(members.has('top') ? { top: tasks(members, 'top') } : {}),
    ...(members.has('restored') ? { restored: tasks(members, 'restored') } : {}),
    ...(members.has('edit') ? { edit: members.edit('edit') } : {}),
  }
  throwFault(members.end(), 'effect')
  return effect
}

function tasks(members: MemberReader, name: string): readonly TaskId[] {
  const value = members.take(name)
  if (Array.isArray(value) && value.every(isId)) return value
  members.fail(`'${name}' must be ids`)
  return []
}

/**
 * Reads a conflict.
 * @throws UnknownForm where it is of a kind that this version does not know.
 */
export function readConflictNote(value: unknown): ConflictNote {
  const members = new MemberReader(value)
  const note: ConflictNote = {
    id: members.id('id'),
    kind: members.oneOf('kind', CONFLICT_KINDS),
    task: members.id('task'),
    ...(members.has('field') ? { field: members.text('field', 256) } : {}),
    open: members.flag('open'),
    versions: array(members.take('versions')).map(readVersion),
    rule: members.shortText('rule'),
    ...(members.has('merged') ? { merged: members.json('merged') } : {}),
    ...(members.has('resolvedBy') ? { resolvedBy: readResolution(members.take('resolvedBy')) } : {}),
  }
  throwFault(members.fault, 'conflict')
  return note
}

function readVersion(value: unknown): ConflictVersion {
  const members = new MemberReader(value)
  const version: ConflictVersion = {
    seq: members.number('seq', 1),
    op: members.shortText('op'),
    value: members.json('value'),
    user: members.id('user'),
    replica: members.id('replica'),
    at: members.stamp('at'),
    ...(members.has('atSent') ? { atSent: members.stamp('atSent') } : {}),
  }
  throwFault(members.fault, 'version')
  return version
}

function readResolution(value: unknown): ConflictResolution {
  const members = new MemberReader(value)
  const resolution: ConflictResolution = {
    seq: members.number('seq', 1),
    user: members.id('user'),
    ...(members.has('choice') ? { choice: members.number('choice', 1) } : {}),
    ...(members.has('value') ? { value: members.json('value') } : {}),
    time: members.time('time'),
  }
  throwFault(members.fault, 'resolvedBy')
  return resolution
}

function array(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[]
  throw new UnknownForm('expected an array')
}

function throwFault(fault: string | undefined, what: string): void {
  if (fault !== undefined) throw new UnknownForm(`${what}: ${fault}`)
}
