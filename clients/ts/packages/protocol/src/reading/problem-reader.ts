import { isObject } from '../json/json-value.js'
import type { Problem } from '../wire/answers.js'

/** Reads a problem leniently: what a server says against a request must get through whatever else it adds. Undefined for what is none. */
export function readProblem(status: number, value: unknown): Problem | undefined {
  if (!isObject(value)) return undefined
  const { code, title, detail, expected, n, position, errors } = value
  if (typeof code !== 'string') return undefined
  return {
    status,
    code,
    title: typeof title === 'string' ? title : code,
    ...(typeof detail === 'string' ? { detail } : {}),
    ...(isWhole(expected) ? { expected } : {}),
    ...(isWhole(n) ? { n } : {}),
    ...(isWhole(position) ? { position } : {}),
    ...(isObject(errors) ? { errors: sentences(errors) } : {}),
  }
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function sentences(errors: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(errors).map(([name, text]) => [name, Array.isArray(text) ? text.join(' ') : String(text)]))
}
