import { countCodePoints } from '../text/code-points.js'

/** What a piece of a filter is. */
export type FilterTokenKind = 'word' | 'string' | 'operator' | '(' | ')' | ',' | 'end' | 'bad'

/** A piece of a filter. */
export interface FilterToken {
  readonly kind: FilterTokenKind
  /** A word, the content of a string, or the sign. */
  readonly text: string
  /** Where it begins, in code points. */
  readonly position: number
  /** Nothing stands between it and the piece before it. */
  readonly isGlued: boolean
}

// White space, then one piece [SE1]. A lone quote or exclamation mark matches nothing and is bad.
const PIECE = /([ \t\r\n]*)(?:([(),])|(!=|<=|>=|[=~<>])|"((?:[^"\\]|\\["\\])*)"|([^ \t\r\n(),"=!<>~]+)|($)|)/suy

/** Cuts a filter into pieces; the last one is the end, or the first bad one. */
export function filterTokens(filter: string): readonly FilterToken[] {
  const tokens: FilterToken[] = []
  let [at, position] = [0, 0]
  const pattern = new RegExp(PIECE)
  for (;;) {
    pattern.lastIndex = at
    const [whole = '', space = '', sign, operator, quoted, word, end] = pattern.exec(filter) ?? []
    const start = position + countCodePoints(space)
    const isGlued = space === '' && at > 0
    tokens.push({ ...piece(sign, operator, quoted, word, end), position: start, isGlued })
    if (sign === undefined && operator === undefined && quoted === undefined && word === undefined) return tokens
    at += whole.length
    position += countCodePoints(whole)
  }
}

function piece(sign?: string, operator?: string, quoted?: string, word?: string, end?: string): Pick<FilterToken, 'kind' | 'text'> {
  if (sign !== undefined) return { kind: sign as FilterTokenKind, text: sign }
  if (operator !== undefined) return { kind: 'operator', text: operator }
  if (quoted !== undefined) return { kind: 'string', text: quoted.replace(/\\(["\\])/g, '$1') }
  if (word !== undefined) return { kind: 'word', text: word }
  return { kind: end === undefined ? 'bad' : 'end', text: '' }
}
