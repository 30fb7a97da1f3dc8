import { kindOf, PLAIN_REGISTERS } from '../changes/fields.js'
import { isObject } from '../json/json-value.js'
import type { AttachmentLine, CommentLine, DefinitionLine, MemberLine, TaskLine } from '../tasks/lines.js'
import { ROLES } from '../wire/role.js'
import { MemberReader } from './member-reader.js'
import { UnknownForm } from './unknown-form.js'

const ANY = 64 * 1024 * 1024

/**
 * Reads a task line [TL1]. It is the server's own and the digest tells whether it is whole, so each member is looked at for its kind only.
 * Members that this version does not know would be missing from its digest: they are refused.
 */
export function readTaskLine(value: unknown): TaskLine {
  const members = new MemberReader(value)
  for (const text of ['title', 'description']) members.text(text, ANY, true)
  for (const register of PLAIN_REGISTERS) if (members.has(register)) members.text(register, ANY)
  for (const set of ['labels', 'watchers']) members.shortTexts(set)
  for (const id of ['id', 'createdBy']) members.id(id)
  for (const time of ['createdAt', 'updatedAt']) members.time(time)
  members.oneOf('kind', ['task'])
  members.number('seq', 0)
  members.flag('deleted')
  const custom = members.take('custom')
  if (!isObject(custom) || Object.keys(custom).some((name) => kindOf(`custom.${name}`) !== 'register')) members.fail("'custom' must be an object")
  list(members, 'comments', readCommentLine)
  list(members, 'attachments', readAttachmentLine)
  end(members, 'task')
  return value as TaskLine
}

/** Reads a project, label or view [SN2]. */
export function readDefinitionLine(value: unknown): DefinitionLine {
  const members = new MemberReader(value)
  const line = {
    kind: members.oneOf('kind', ['project', 'label', 'view']), id: members.id('id'), seq: members.number('seq', 1), values: members.take('values'),
  }
  if (!isObject(line.values)) members.fail("'values' must be an object")
  end(members, 'definition')
  return line as DefinitionLine
}

/** Reads a member [SN3]. */
export function readMemberLine(value: unknown): MemberLine {
  const members = new MemberReader(value)
  const line: MemberLine = {
    kind: members.oneOf('kind', ['member']), member: members.id('member'), name: members.text('name', ANY, true), role: members.oneOf('role', ROLES),
  }
  end(members, 'member')
  return line
}

function readCommentLine(members: MemberReader): readonly (keyof CommentLine)[] {
  for (const id of ['id', 'user']) members.id(id)
  if (members.has('parent')) members.id('parent')
  members.text('body', ANY, true)
  members.number('seq', 1)
  return ['edited', 'deleted']
}

function readAttachmentLine(members: MemberReader): readonly (keyof AttachmentLine)[] {
  for (const id of ['id', 'user']) members.id(id)
  for (const text of ['sha256', 'sealed']) members.text(text, ANY)
  for (const number of ['size', 'epoch']) members.number(number, 0)
  members.number('seq', 1)
  return ['deleted']
}

function list(outer: MemberReader, name: string, read: (members: MemberReader) => readonly string[]): void {
  const value = outer.take(name)
  if (!Array.isArray(value)) {
    outer.fail(`'${name}' must be an array`)
    return
  }
  for (const item of value as readonly unknown[]) {
    const members = new MemberReader(item)
    for (const flag of read(members)) if (members.has(flag)) members.flag(flag)
    end(members, name)
  }
}

function end(members: MemberReader, what: string): void {
  const fault = members.end()
  if (fault !== undefined) throw new UnknownForm(`${what}: ${fault}`)
}
