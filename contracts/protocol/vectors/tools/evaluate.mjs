// What a filter finds and in which order, read off SPEC.md [SE5] to [SE15] without any thought of speed.
import { parse } from './filter.mjs'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const RANK = { low: 1, medium: 2, high: 3, urgent: 4 }
const DAY = 86_400_000
const lower = (text) => [...text].map((c) => (c === '\u0130' ? c : c.toLowerCase())).join('')
const bytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))
const literal = (value) => (typeof value === 'string' ? value : value.word)

/** [SE8] the first instant of a stored date */
const instant = (date) => (date === undefined ? undefined : Date.parse(date.length === 10 ? `${date}T00:00:00Z` : date))

/** [SE8] a value as [first instant, first instant after]; an instant is one millisecond long */
function span(value, today) {
  const text = literal(value)
  const match = /^today(?:([+-])(\d+)([dw]))?$/.exec(typeof value === 'string' ? '' : text)
  if (match) {
    const days = match[2] === undefined ? 0 : Number(match[1] + match[2]) * (match[3] === 'w' ? 7 : 1)
    const start = instant(today) + days * DAY
    return [start, start + DAY]
  }
  const start = instant(text)
  return [start, start + (text.length === 10 ? DAY : 1)]
}

/** [SE12] */
export function words(text) {
  const own = (c) => (c >= '\u2E80' && c <= '\u9FFF') || (c >= '\uF900' && c <= '\uFAFF') || c.codePointAt(0) >= 0x20000
  const out = []
  let run = []
  const close = () => { if (run.length) out.push(run.slice(0, 64).join('')); run = [] }
  for (const c of [...text].slice(0, 200_000)) {
    if (!/[\p{L}\p{M}\p{N}]/u.test(c)) close()
    else if ([...c].length === 1 && own(c) && c.codePointAt(0) <= 0x3FFFF) { close(); out.push(c) }
    else run.push(lower(c))
  }
  close()
  return out
}

export function search({ me, today, members, definitions, tasks }, { filter = '', q, sort = '-updated' }) {
  const tree = parse(filter)
  const named = (kind, value) => {
    const text = literal(value)
    if (UUID.test(text)) return [text.toLowerCase()]
    if (kind === 'user') return typeof value === 'object' && text === 'me' ? [me] : members.filter((m) => lower(m.name) === lower(text)).map((m) => m.member)
    return definitions.filter((d) => d.kind === kind && lower(d.values.name ?? '') === lower(text)).map((d) => d.id)
  }
  const labelName = (id) => definitions.find((d) => d.kind === 'label' && d.id === id)?.values.name
  const user = (stored) => compareBy((value) => [stored].flat().some((id) => named('user', value).includes(id)))
  const compareBy = (equal) => (operator, value) => operator === '=' && equal(value)
  const contains = (text, value) => lower(text).includes(lower(literal(value)))
  const order = (operator, c) => (operator === '<' ? c < 0 : operator === '<=' ? c <= 0 : operator === '>' ? c > 0 : c >= 0)
  const date = (stored) => (operator, value) => {
    if (stored === undefined) return false
    const [from, after] = span(value, today)
    const at = instant(stored)
    return { '=': at >= from && at < after, '<': at < from, '<=': at < after, '>': at >= after, '>=': at >= from }[operator]
  }
  const string = (stored) => (operator, value) =>
    stored !== undefined && (operator === '=' ? stored === literal(value) : operator === '~' && contains(stored, value))
  const custom = (stored) => (operator, value) => {
    if (Array.isArray(stored)) return stored.some((item) => custom(item)(operator, value))
    if (typeof stored === 'string') {
      if (operator === '=' || operator === '~') return string(stored)(operator, value)
      return order(operator, bytes(stored, literal(value)))
    }
    const bare = typeof value === 'object' ? value.word : undefined
    if (typeof stored === 'number') {
      if (bare === undefined || !/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(bare)) return false
      return operator === '=' ? stored === Number(bare) : operator !== '~' && order(operator, stored - Number(bare))
    }
    return typeof stored === 'boolean' && operator === '=' && bare === String(stored)
  }
  const fullText = (task) => (_, value) => {
    const text = [task.title, task.description, ...task.comments.filter((c) => !c.deleted).map((c) => c.body)].join('\n')
    const has = words(text)
    return words(literal(value)).every((word) => has.some((candidate) => candidate.startsWith(word)))
  }
  const fields = (task) => ({
    status: string(task.status), title: string(task.title), text: fullText(task),
    priority: (operator, value) => operator === '=' || operator === '~' ? string(task.priority)(operator, value)
      : RANK[task.priority] !== undefined && RANK[literal(value)] !== undefined && order(operator, RANK[task.priority] - RANK[literal(value)]),
    assignee: user(task.assignee), creator: user(task.createdBy), watcher: user(task.watchers),
    project: compareBy((value) => task.project !== undefined && named('project', value).includes(task.project)),
    parent: compareBy((value) => task.parent === literal(value).toLowerCase()),
    label: (operator, value) => task.labels.some((label) => operator === '='
      ? label === literal(value) || named('label', value).includes(label)
      : contains(label, value) || (labelName(label) !== undefined && contains(labelName(label), value))),
    due: date(task.dueDate), created: date(task.createdAt), updated: date(task.updatedAt),
  })
  const stored = (task, field) => ({ assignee: task.assignee, creator: task.createdBy, watcher: task.watchers, label: task.labels, due: task.dueDate,
    created: task.createdAt, updated: task.updatedAt }[field] ?? (field.startsWith('custom.') ? task.custom[field.slice(7)] : task[field]))
  const empty = (value) => value === undefined || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
  const compare = (task, field) => field.startsWith('custom.') ? custom(task.custom[field.slice(7)]) : fields(task)[field]
  const holds = (task, [head, ...rest]) => {
    switch (head) {
      case 'and': return rest.every((part) => holds(task, part))
      case 'or': return rest.some((part) => holds(task, part))
      case 'not': return !holds(task, rest[0])
      case 'deleted': return task.deleted
      case 'empty': return empty(stored(task, rest[0]))
      case 'in': return rest[1].some((value) => compare(task, rest[0])('=', value))
      case '!=': return !compare(task, rest[0])('=', rest[1])
      default: return compare(task, rest[0])(head, rest[1])
    }
  }
  const mentions = (part) => part[0] === 'deleted' || (['and', 'or', 'not'].includes(part[0]) && part.slice(1).some(mentions))
  const found = tasks.filter((task) => (tree === null || holds(task, tree)) && (q === undefined || fullText(task)('~', q))
    && (tree !== null && mentions(tree) ? true : !task.deleted))
  return found.sort(by(sort)).map((task) => task.id)
}

/** [SE15] */
function by(sort) {
  const key = { created: (t) => instant(t.createdAt), updated: (t) => instant(t.updatedAt), due: (t) => instant(t.dueDate), priority: (t) => RANK[t.priority],
    status: (t) => t.status, title: (t) => lower(t.title), order: (t) => t.order }
  return (a, b) => {
    for (const part of sort.split(',')) {
      const descending = part.startsWith('-')
      const of = key[descending ? part.slice(1) : part]
      const [x, y] = [of(a), of(b)]
      if (x === undefined && y === undefined) continue
      if (x === undefined || y === undefined) return x === undefined ? 1 : -1
      const c = typeof x === 'number' ? x - y : bytes(x, y)
      if (c !== 0) return descending ? -c : c
    }
    return bytes(a.id, b.id)
  }
}
