import { isObject } from '../json/json-value.js'
import { CLOSE_CODES } from '../wire/codes.js'
import type { LiveFrame } from '../wire/live-frame.js'
import { readCanonicalChange } from './canonical-reader.js'
import { MemberReader } from './member-reader.js'
import { UnknownForm } from './unknown-form.js'

/** Reads a frame of a live connection. What this version cannot read closes it: the pull that follows says what it was. */
export function readFrame(text: string): LiveFrame {
  try {
    return frameOf(JSON.parse(text))
  } catch (error) {
    if (error instanceof UnknownForm || error instanceof SyntaxError) return { type: 'closed', code: CLOSE_CODES.upgradeNeeded }
    throw error
  }
}

function frameOf(value: unknown): LiveFrame {
  if (!isObject(value)) throw new UnknownForm('a frame is an object')
  const members = new MemberReader(value)
  const frame = read(members, value['type'])
  if (members.fault !== undefined) throw new UnknownForm(members.fault)
  return frame
}

function read(members: MemberReader, type: unknown): LiveFrame {
  switch (type) {
    case 'welcome':
      return { type, head: members.number('head', 0), history: members.text('history', 1024) }
    case 'changes':
      return { type, from: members.number('from', 0), to: members.number('to', 0), changes: changesOf(members.take('changes')) }
    case 'presence':
      return {
        type,
        user: members.id('user'),
        replica: members.id('replica'),
        ...(members.has('task') ? { task: members.id('task') } : {}),
        ...(members.has('field') ? { field: members.text('field', 256) } : {}),
        ...(members.has('cursor') ? { cursor: members.json('cursor') } : {}),
      }
    case 'problem':
      return { type, code: members.shortText('code') }
    default:
      return { type: 'other' }
  }
}

function changesOf(value: unknown): readonly ReturnType<typeof readCanonicalChange>[] {
  if (!Array.isArray(value)) throw new UnknownForm('expected changes')
  return (value as readonly unknown[]).map(readCanonicalChange)
}
