import type { JsonValue } from './json-value.js'

/** What became of reading JSON text. */
export type JsonReading = { readonly value: JsonValue } | { readonly fault: string }

/** Reads JSON text as JSON.parse does, but refuses a name that stands twice in one object [ID7]. */
export function readStrictJson(text: string): JsonReading {
  try {
    const value = JSON.parse(text) as JsonValue
    const twice = nameTwice(text)
    return twice === undefined ? { value } : { fault: 'a name stands twice' }
  } catch (error) {
    if (error instanceof SyntaxError) return { fault: 'it is not JSON' }
    throw error
  }
}

// Strings, and the signs between them; numbers and words do not matter here.
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs

/** Walks the tokens of text that is known to be JSON; a string is a name where a colon follows it. */
function nameTwice(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = []
  let last: string | undefined
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(undefined)
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':' && last !== undefined) {
      const name = JSON.parse(last) as string
      const names = open.at(-1)
      if (names?.has(name) === true) return name
      names?.add(name)
    }
    last = token
  }
  return undefined
}
