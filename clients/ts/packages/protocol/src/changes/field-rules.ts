import { isId } from '../ids.js'
import { tryCanonical } from '../json/canonical-json.js'
import { utf8Length } from '../json/clean-text.js'
import type { JsonValue } from '../json/json-value.js'
import { readDay, readInstant } from './dates.js'
import { isCustom, kindOf } from './fields.js'
import { LIMITS } from './limits.js'

const BASE_62 = /^[0-9A-Za-z]{1,64}$/

/** Says why a register cannot hold a value; undefined if it can. Null clears and is always right. */
export function registerFault(field: string, value: JsonValue): string | undefined {
  if (kindOf(field) !== 'register') return `'${field}' is not a register`
  if (value === null) return undefined
  if (isCustom(field)) return valueFault(field, value, LIMITS.custom)
  if (typeof value !== 'string') return `'${field}' must be a string or null`
  return stringFault(field, value)
}

/** Says why a value cannot be kept: it has no canonical form, or a longer one than so many bytes. */
export function valueFault(name: string, value: JsonValue, maxBytes: number): string | undefined {
  const reading = tryCanonical(value)
  if ('fault' in reading) return `'${name}': ${reading.fault}`
  return utf8Length(reading.canonical) > maxBytes ? `'${name}' is longer than ${maxBytes} bytes` : undefined
}

function stringFault(field: string, text: string): string | undefined {
  switch (field) {
    case 'status':
    case 'priority':
      return text.length >= 1 && text.length <= LIMITS.shortText ? undefined : `'${field}' must have 1 to 64 characters`
    case 'assignee':
      return isId(text) ? undefined : `'${field}' must be a user's id`
    case 'project':
    case 'parent':
      return isId(text) ? undefined : `'${field}' must be an id`
    case 'dueDate':
      return readDay(text) !== undefined || (text.length <= 35 && readInstant(text) !== undefined)
        ? undefined
        : `'${field}' must be YYYY-MM-DD or an RFC 3339 time`
    default:
      return BASE_62.test(text) ? undefined : `'${field}' must have 1 to 64 of 0-9A-Za-z`
  }
}
