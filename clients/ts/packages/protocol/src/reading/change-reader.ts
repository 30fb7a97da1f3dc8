import type { Change } from '../changes/change.js'
import { isObject } from '../json/json-value.js'
import { readBody } from './body-reader.js'
import { MemberReader } from './member-reader.js'

/** What became of reading a change. */
export type ChangeReading = { readonly change: Change } | { readonly fault: string }

/** Reads a change as an author sends it, by the rules of the server: unknown ops, fields and members are faults [OP1]. */
export function readChange(value: unknown): ChangeReading {
  if (!isObject(value)) return { fault: 'a change must be an object' }
  const members = new MemberReader(value)
  const header = { n: members.number('n', 1), at: members.stamp('at'), clock: members.clock('clock') }
  const body = members.fault === undefined ? readBody(members) : undefined
  const fault = members.end()
  return fault !== undefined || body === undefined ? { fault: fault ?? 'no op' } : { change: { ...header, ...body } }
}
