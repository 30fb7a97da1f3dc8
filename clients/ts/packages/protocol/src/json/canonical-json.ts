import { isClean } from './clean-text.js'
import type { JsonValue } from './json-value.js'
import { isObject } from './json-value.js'
import { readStrictJson } from './strict-json.js'

/** How deep arrays and objects may nest; an empty array is depth 1. */
export const MAX_DEPTH = 64

/** What became of asking for a canonical form. */
export type CanonicalReading = { readonly canonical: string } | { readonly fault: string }

/**
 * The canonical text of a value (RFC 8785) [ID9]: equal values have equal texts, so they can be hashed and compared. Numbers are in
 * ECMAScript form, names sorted by UTF-16 units, nothing escaped that need not be.
 * @throws TypeError where the value has none: see {@link tryCanonical}.
 */
export function canonical(value: JsonValue): string {
  const reading = tryCanonical(value)
  if ('fault' in reading) throw new TypeError(reading.fault)
  return reading.canonical
}

/** The same, of what may be anything; a fault for U+0000, lone surrogates, numbers beyond a double, what is no JSON, or too deep. */
export function tryCanonical(value: unknown): CanonicalReading {
  const parts: string[] = []
  const fault = write(parts, value, MAX_DEPTH)
  return fault === undefined ? { canonical: parts.join('') } : { fault }
}

/** The same, of JSON text; a name that stands twice is a fault, too, which a parsed value cannot show any more. */
export function tryCanonicalText(text: string): CanonicalReading {
  const reading = readStrictJson(text)
  return 'fault' in reading ? reading : tryCanonical(reading.value)
}

/** Equal by the canonical form [ID9]. */
export function sameJson(left: JsonValue, right: JsonValue): boolean {
  return left === right || canonical(left) === canonical(right)
}

function write(parts: string[], value: unknown, depth: number): string | undefined {
  switch (typeof value) {
    case 'boolean':
      parts.push(value ? 'true' : 'false')
      return undefined
    case 'number':
      return writeNumber(parts, value)
    case 'string':
      return writeString(parts, value)
    default:
  }
  if (value === null) {
    parts.push('null')
    return undefined
  }
  if (depth === 0) return `it nests deeper than ${MAX_DEPTH}`
  if (Array.isArray(value)) return writeArray(parts, value as readonly unknown[], depth)
  return isObject(value) ? writeObject(parts, value, depth) : 'it is not JSON'
}

function writeNumber(parts: string[], value: number): string | undefined {
  if (!Number.isFinite(value)) return 'a number is beyond a double'
  // Negative zero reads as 0, as JSON.stringify writes it.
  parts.push(JSON.stringify(value))
  return undefined
}

function writeString(parts: string[], value: string): string | undefined {
  if (!isClean(value)) return 'a string has U+0000 or a lone surrogate'
  parts.push(JSON.stringify(value))
  return undefined
}

function writeArray(parts: string[], items: readonly unknown[], depth: number): string | undefined {
  parts.push('[')
  for (const [i, item] of items.entries()) {
    if (i > 0) parts.push(',')
    const fault = write(parts, item, depth - 1)
    if (fault !== undefined) return fault
  }
  parts.push(']')
  return undefined
}

function writeObject(parts: string[], value: Readonly<Record<string, unknown>>, depth: number): string | undefined {
  parts.push('{')
  let first = true
  for (const name of Object.keys(value).sort()) {
    if (value[name] === undefined) continue
    if (!first) parts.push(',')
    first = false
    const fault = writeString(parts, name) ?? writeMember(parts, value[name], depth)
    if (fault !== undefined) return fault
  }
  parts.push('}')
  return undefined
}

function writeMember(parts: string[], value: unknown, depth: number): string | undefined {
  parts.push(':')
  return write(parts, value, depth - 1)
}
