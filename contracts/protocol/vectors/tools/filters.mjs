// Makes filters.json: node filters.mjs. What each filter reads as, or where it is refused.
import { writeFileSync } from 'node:fs'
import { FilterError, parse } from './filter.mjs'

const id = '0199a6a0-7c1e-7d3f-9a55-0c1c5d1f0a01'
const nested = (n, open, close) => open.repeat(n) + 'deleted' + close.repeat(n)
const filters = [
  ['empty', ''], ['only white space', ' \t\r\n'], ['one comparison', 'status = done'], ['no white space', 'status=done'],
  ['the example', 'status = done and (assignee = me or label = bug) and due < 2026-12-01 and not deleted'],
  ['and binds tighter than or', 'status = a or status = b and status = c'], ['not binds tighter than and', 'not status = a and status = b'],
  ['parentheses', '(status = a or status = b) and status = c'], ['redundant parentheses', '((status = a))'], ['not not', 'not not deleted'],
  ['keywords and fields without regard to case', 'NOT Status = Done AND DELETED'], ['in', 'status in (todo, "in", doing)'], ['not in', 'label not in (a,b)'],
  ['is empty', 'assignee is empty'], ['is not empty', 'due is not empty'], ['a string', 'title = "say \\"hi\\" \\\\"'], ['an empty string', 'title = ""'],
  ['every operator', 'due=today and due!=today and due<today and due<=today and due>today and due>=today and title~x'],
  ['today with offsets', 'due >= today-2w and due < today+7d'], ['an instant', 'updated > 2026-11-23T10:15:30.123Z'], ['an instant with an offset', 'updated > 2026-11-23T10:15:30+01:00'],
  ['a quoted date', 'due = "2026-12-01"'], ['custom', 'custom.effort > 5'], ['custom keeps the case of its name', 'CUSTOM.Effort = 1'], ['custom with a quoted name', 'custom."Story \\"points\\"" >= 5'],
  ['custom with dots', 'custom.a.b = c'], ['a parent', `parent = ${id}`], ['a word of many signs', "label = it's/a:word+1_2-3@x#"], ['beyond ASCII', 'label = 漢字 and title ~ 😀'],
  ['the word me and the name me', 'assignee = me or assignee = "me"'], ['deleted as a value', 'status = deleted'], ['text', 'text ~ "two words"'], ['keyword within a word', 'label = android and status = notes'],
  ['32 parentheses', nested(32, '(', ')')], ['100 terms', Array(100).fill('deleted').join(' or ')], ['100 values', `status in (${Array(100).fill('a').join(',')})`],
]
const refused = [
  ['two terms without a word between', 'deleted deleted'], ['no operator', 'status done'], ['no value', 'status ='], ['no field', '= done'], ['unknown field', 'statuss = done'], ['custom without a name', 'custom. = 1'],
  ['the bare word custom', 'custom = 1'], ['keyword as a value', 'status = in'], ['operator that the field lacks', 'status < done'], ['text is no equal', 'text = a'], ['text is never empty', 'text is empty'], ['text has no in', 'text in (a)'],
  ['deleted takes no operator', 'deleted = true'], ['not a date', 'due < soon'], ['no such day', 'due < 2026-02-30'], ['today is a bare word', 'due < "today"'], ['an unknown unit', 'due < today+1m'], ['an instant without an offset', 'due < 2026-11-23T10:15:30'],
  ['a parent by name', 'parent = "Website"'], ['open parenthesis', '(status = a'], ['closing parenthesis', 'status = a)'], ['an empty list', 'status in ()'], ['a comma at the end', 'status in (a,)'], ['not without in', 'status not done'],
  ['is without empty', 'status is full'], ['a string without end', 'title = "abc'], ['an unknown escape', 'title = "\\n"'], ['an exclamation mark alone', 'status ! done'], ['positions count code points', '😀 = a'], ['positions count code points, later', 'label = 😀 status'],
  ['33 parentheses', nested(33, '(', ')')], ['33 nots', nested(33, 'not ', '')], ['101 terms', Array(101).fill('deleted').join(' or ')], ['101 values', `status in (${Array(101).fill('a').join(',')})`],
  ['a name of 65', `custom.${'a'.repeat(65)} = 1`], ['over 4 KiB', `title = "${'é'.repeat(2048)}"`], ['and at the end', 'deleted and'], ['or at the start', 'or deleted'],
]
const lines = filters.map(([name, filter]) => ({ name, filter, tree: parse(filter) }))
for (const [name, filter] of refused) {
  try {
    parse(filter)
    throw new Error(`not refused: ${name}`)
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    lines.push({ name, filter, position: error.position })
  }
}
writeFileSync(new URL('../filters.json', import.meta.url), `[\n${lines.map((line) => JSON.stringify(line)).join(',\n')}\n]\n`)
