// The filter grammar of SPEC.md, part IV, as a reader of the specification would write it first: tokens, then one function per rule.
const KEYWORDS = new Set(['not', 'and', 'or', 'in', 'is', 'empty'])
const OPERATORS = ['<=', '>=', '!=', '=', '<', '>', '~']
const EQUAL = ['=', '!=', 'in', 'is']
const ORDER = ['<', '<=', '>', '>=']
export const FIELDS = {
  status: [...EQUAL, '~'], priority: [...EQUAL, '~', ...ORDER], assignee: EQUAL, creator: EQUAL, watcher: EQUAL, project: EQUAL, parent: EQUAL,
  label: [...EQUAL, '~'], due: [...EQUAL, ...ORDER], created: [...EQUAL, ...ORDER], updated: [...EQUAL, ...ORDER], title: [...EQUAL, '~'], text: ['~'],
  custom: [...EQUAL, ...ORDER, '~'],
}
const DATES = new Set(['due', 'created', 'updated'])
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export class FilterError extends Error {
  constructor(position, message) {
    super(message)
    this.position = position
  }
}

function tokens(text) {
  const points = [...text]
  const out = []
  let at = 0
  const string = (start) => {
    let value = ''
    for (at++; at < points.length; at++) {
      if (points[at] === '"') { at++; return value }
      if (points[at] === '\\') {
        at++
        if (points[at] !== '"' && points[at] !== '\\') throw new FilterError(start, 'only \\" and \\\\ are escapes')
      }
      value += points[at]
    }
    throw new FilterError(start, 'the string has no end')
  }
  while (at < points.length) {
    const start = at
    const point = points[at]
    if (' \t\r\n'.includes(point)) { at++; continue }
    const operator = OPERATORS.find((o) => points.slice(at, at + o.length).join('') === o)
    if ('(),'.includes(point)) { at++; out.push({ kind: point, start }) }
    else if (operator) { at += operator.length; out.push({ kind: 'operator', value: operator, start }) }
    else if (point === '"') out.push({ kind: 'string', value: string(start), start })
    else if (point === '!') throw new FilterError(start, "'!' alone is no operator")
    else {
      while (at < points.length && !' \t\r\n(),"=!<>~'.includes(points[at])) at++
      const word = points.slice(start, at).join('')
      if (word.toLowerCase() === 'custom.' && points[at] === '"') out.push({ kind: 'custom', value: string(start), start })
      else out.push({ kind: 'word', value: word, start })
    }
  }
  out.push({ kind: 'end', start: points.length })
  return out
}

export function parse(text) {
  if (new TextEncoder().encode(text).length > 4096) throw new FilterError(0, 'longer than 4 KiB')
  const all = tokens(text)
  let at = 0
  let terms = 0
  let depth = 0
  const peek = () => all[at]
  const fail = (token, message) => { throw new FilterError(token.start, message) }
  const isWord = (word) => peek().kind === 'word' && peek().value.toLowerCase() === word
  const take = (kind) => (peek().kind === kind ? all[at++] : fail(peek(), `expected ${kind}`))
  const deeper = (token, read) => {
    if (++depth > 32) fail(token, 'nested too deep')
    const result = read()
    depth--
    return result
  }
  const chain = (word, read) => () => {
    const parts = [read()]
    while (isWord(word)) { at++; parts.push(read()) }
    return parts.length === 1 ? parts[0] : [word, ...parts]
  }
  const not = () => {
    const token = peek()
    if (isWord('not')) { at++; return deeper(token, () => ['not', not()]) }
    if (token.kind !== '(') return term()
    at++
    const inner = deeper(token, or)
    take(')')
    return inner
  }
  const and = chain('and', not)
  const or = chain('or', and)

  function term() {
    const token = peek()
    if (token.kind !== 'word' && token.kind !== 'custom') fail(token, 'expected a field')
    if (++terms > 100) fail(token, 'too many terms')
    at++
    if (token.kind === 'word' && token.value.toLowerCase() === 'deleted') return ['deleted']
    const field = fieldOf(token)
    const allowed = FIELDS[field.startsWith('custom.') ? 'custom' : field]
    const next = peek()
    const negated = isWord('not')
    if (negated) at++
    if (isWord('in')) {
      if (!allowed.includes('in')) fail(next, 'the field has no in')
      at++
      const list = ['in', field, values(field)]
      return negated ? ['not', list] : list
    }
    if (negated) fail(peek(), 'expected in')
    if (isWord('is')) {
      if (!allowed.includes('is')) fail(next, 'the field is never empty')
      at++
      const full = isWord('not')
      if (full) at++
      if (!isWord('empty')) fail(peek(), 'expected empty')
      at++
      return full ? ['not', ['empty', field]] : ['empty', field]
    }
    if (next.kind !== 'operator' || !allowed.includes(next.value)) fail(next, 'expected an operator of the field')
    at++
    return [next.value, field, value(field)]
  }

  function fieldOf(token) {
    if (token.kind === 'custom' || /^custom\../i.test(token.value)) {
      const name = token.kind === 'custom' ? token.value : token.value.slice('custom.'.length)
      if (name.length < 1 || name.length > 64) fail(token, 'a name has 1 to 64 characters')
      return `custom.${name}`
    }
    const name = token.value.toLowerCase()
    return Object.hasOwn(FIELDS, name) && name !== 'custom' ? name : fail(token, 'no such field')
  }

  function values(field) {
    take('(')
    const list = [value(field)]
    while (peek().kind === ',') {
      at++
      if (list.length === 100) fail(peek(), 'too many values')
      list.push(value(field))
    }
    take(')')
    return list
  }

  /** A word stays {word}, a string a string: `me` and "me" differ. */
  function value(field) {
    const token = peek()
    if (token.kind === 'word' && KEYWORDS.has(token.value.toLowerCase())) fail(token, 'a keyword as a value is quoted')
    if (token.kind !== 'word' && token.kind !== 'string') fail(token, 'expected a value')
    if (field === 'parent' && !UUID.test(token.value)) fail(token, 'expected a task id')
    if (DATES.has(field) && !isDate(token)) fail(token, 'expected a date')
    at++
    return token.kind === 'word' ? { word: token.value } : token.value
  }

  if (peek().kind === 'end') return null
  const tree = or()
  if (peek().kind !== 'end') fail(peek(), 'expected and, or or the end')
  return tree
}

function isDate({ kind, value }) {
  if (kind === 'word' && /^today([+-]\d{1,4}[dw])?$/.test(value)) return true
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$/.test(value)) return false
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === value.slice(0, 10) && !Number.isNaN(Date.parse(value))
}
