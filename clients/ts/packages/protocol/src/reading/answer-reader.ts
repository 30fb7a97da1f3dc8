import type { JsonObject } from '../json/json-value.js'
import type { DefinitionLine, MemberLine, SnapshotHead, TaskLine } from '../tasks/lines.js'
import type {
  ChangeResult, ConflictPage, HistoryPage, LiveTicket, Me, MemberInfo, OrganizationInfo, PullAnswer, PushAnswer, Session, TextHistory, TextHistoryEdit, UserInfo,
} from '../wire/answers.js'
import { ROLES } from '../wire/role.js'
import { readCanonicalChange, readConflictNote } from './canonical-reader.js'
import { MemberReader } from './member-reader.js'
import { readTaskLine } from './line-reader.js'
import { UnknownForm } from './unknown-form.js'

/**
 * Reads what a server answers. Members that this version does not know are ignored, as they may come with a newer server [PL10]; what it
 * builds on must be there.
 */

/** Reads the answer of a push. */
export function readPushAnswer(value: unknown): PushAnswer {
  const members = new MemberReader(value)
  const answer: PushAnswer = {
    results: items(members.take('results'), readResult),
    head: members.number('head', 0),
    history: members.text('history', ANY),
    serverTime: members.time('serverTime'),
    ...(members.has('pull') ? { pull: readPullAnswer(members.take('pull')) } : {}),
  }
  return known(members, answer)
}

/** Reads the answer of a pull. */
export function readPullAnswer(value: unknown): PullAnswer {
  const members = new MemberReader(value)
  const answer: PullAnswer = {
    from: members.number('from', 0),
    to: members.number('to', 0),
    head: members.number('head', 0),
    more: members.flag('more'),
    changes: items(members.take('changes'), readCanonicalChange),
    taken: members.number('taken', 0),
    ...(isThere(members, 'digest') ? { digest: members.text('digest', 16) } : {}),
    history: members.text('history', ANY),
    serverTime: members.time('serverTime'),
    ...(isThere(members, 'states') ? { states: items(members.take('states'), readTaskLine) } : {}),
    ...next(members),
  }
  return known(members, answer)
}

/** Reads the canonical edits of a text. */
export function readTextHistory(value: unknown): TextHistory {
  const members = new MemberReader(value)
  return known(members, { edits: items(members.take('edits'), readTextHistoryEdit), to: members.number('to', 0) })
}

/** Reads a page of conflicts. */
export function readConflictPage(value: unknown): ConflictPage {
  const members = new MemberReader(value)
  return known(members, { conflicts: items(members.take('conflicts'), readConflictNote), ...next(members) })
}

/** Reads a page of a task's history. */
export function readHistoryPage(value: unknown): HistoryPage {
  const members = new MemberReader(value)
  return known(members, { entries: items(members.take('entries'), (entry) => entry as JsonObject), ...next(members) })
}

/** Reads a session. */
export function readSession(value: unknown): Session {
  const members = new MemberReader(value)
  const session: Session = {
    user: readUser(members.take('user')),
    accessToken: members.text('accessToken', ANY),
    ...(isThere(members, 'refreshToken') ? { refreshToken: members.text('refreshToken', ANY) } : {}),
    expiresAt: members.time('expiresAt'),
  }
  return known(members, session)
}

/** Reads who is asking. */
export function readMe(value: unknown): Me {
  const members = new MemberReader(value)
  return known(members, { user: readUser(members.take('user')), organizations: items(members.take('organizations'), readOrganization) })
}

/** Reads an organization. */
export function readOrganization(value: unknown): OrganizationInfo {
  const members = new MemberReader(value)
  return known(members, { id: members.id('id'), name: members.text('name', ANY, true), role: members.oneOf('role', ROLES) })
}

/** Reads the members of an organization. */
export function readMemberList(value: unknown): readonly MemberInfo[] {
  const members = new MemberReader(value)
  return known(members, items(members.take('members'), readMemberInfo))
}

/** Reads a member with the address. */
export function readMemberInfo(value: unknown): MemberInfo {
  const members = new MemberReader(value)
  return known(members, {
    user: members.id('user'), name: members.text('name', ANY, true), email: members.text('email', ANY, true), role: members.oneOf('role', ROLES),
  })
}

/** Reads a ticket. */
export function readTicket(value: unknown): LiveTicket {
  const members = new MemberReader(value)
  return known(members, { ticket: members.text('ticket', ANY), expiresAt: members.time('expiresAt') })
}

/** What a line of a snapshot is. */
export type SnapshotLine = TaskLine | DefinitionLine | MemberLine

/** Reads the first line of a snapshot. */
export function readSnapshotHead(value: unknown): SnapshotHead {
  const members = new MemberReader(value)
  return known(members, {
    seq: members.number('seq', 0), count: members.number('count', 0), taken: members.number('taken', 0), digest: members.text('digest', 16), history: members.text('history', ANY),
  })
}

/** Of what only the server knows the form. */
const ANY = 1024 * 1024

function readUser(value: unknown): UserInfo {
  const members = new MemberReader(value)
  return known(members, { id: members.id('id'), name: members.text('name', ANY, true), email: members.text('email', ANY, true) })
}

function readResult(value: unknown): ChangeResult {
  const members = new MemberReader(value)
  const result: ChangeResult = {
    n: members.number('n', 1),
    status: members.oneOf('status', ['accepted', 'merged', 'rejected']),
    ...(isThere(members, 'seq') ? { seq: members.number('seq', 1) } : {}),
    ...(isThere(members, 'at') ? { at: members.stamp('at') } : {}),
    ...(isThere(members, 'code') ? { code: members.shortText('code') } : {}),
    ...(isThere(members, 'detail') ? { detail: members.text('detail', ANY, true) } : {}),
  }
  return known(members, result)
}

function readTextHistoryEdit(value: unknown): TextHistoryEdit {
  const members = new MemberReader(value)
  const edit: TextHistoryEdit = {
    seq: members.number('seq', 1),
    replica: isThere(members, 'replica') ? members.id('replica') : null,
    n: isThere(members, 'n') ? members.number('n', 1) : null,
    edit: members.edit('edit'),
  }
  return known(members, edit)
}

function next(members: MemberReader): { readonly next?: string } {
  return isThere(members, 'next') ? { next: members.text('next', ANY) } : {}
}

/** Null and absent are the same in answers. */
function isThere(members: MemberReader, name: string): boolean {
  return members.has(name) && members.peek(name) !== null
}

function items<T>(value: unknown, read: (item: unknown) => T): readonly T[] {
  if (!Array.isArray(value)) throw new UnknownForm('expected an array')
  return (value as readonly unknown[]).map(read)
}

function known<T>(members: MemberReader, value: T): T {
  if (members.fault !== undefined) throw new UnknownForm(members.fault)
  return value
}

