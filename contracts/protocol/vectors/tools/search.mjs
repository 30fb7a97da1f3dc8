// Makes search.json: node search.mjs. One small organization, and what each search finds in it, in order.
import { writeFileSync } from 'node:fs'
import { search } from './evaluate.mjs'

const id = (n) => `0199a6a0-0000-7000-8000-${String(n).padStart(12, '0')}`
const [ana, ben, gone] = [id(901), id(902), id(903)]
const [website, garden, bug, urgentLabel] = [id(801), id(802), id(701), id(702)]
const task = (n, more) => ({ kind: 'task', id: id(n), seq: 100 + n, title: '', description: '', labels: [], watchers: [], custom: {}, comments: [], attachments: [],
  createdBy: ana, createdAt: `2026-11-${String(n).padStart(2, '0')}T08:00:00.000Z`, updatedAt: `2026-11-20T08:00:00.${String(n).padStart(3, '0')}Z`, deleted: false, ...more })
const comment = (n, body, more) => ({ id: id(n), user: ben, body, seq: n, ...more })

const organization = {
  me: ana, today: '2026-11-23',
  members: [{ kind: 'member', member: ana, name: 'Ana', role: 'owner' }, { kind: 'member', member: ben, name: 'Ben Ólafsson', role: 'member' }],
  definitions: [
    { kind: 'project', id: website, seq: 2, values: { name: 'Website 2027' } }, { kind: 'project', id: garden, seq: 3, values: { archived: true, name: 'Garden' } },
    { kind: 'label', id: bug, seq: 4, values: { name: 'Bug' } }, { kind: 'label', id: urgentLabel, seq: 5, values: { color: 'red' } },
  ],
  tasks: [
    task(1, { title: 'Paint the fence', status: 'todo', priority: 'high', assignee: ana, dueDate: '2026-11-23', project: garden, labels: ['outdoor'], order: 'V' }),
    task(2, { title: 'paint the shed', status: 'doing', priority: 'low', assignee: ben, dueDate: '2026-11-24T00:00:00Z', project: garden, watchers: [ana], order: 'G' }),
    task(3, { title: 'Fix login', description: 'The invoice-draft page\nlogs people out (E42).', status: 'done', priority: 'urgent', dueDate: '2026-11-22T23:30:00-01:00', project: website, labels: [bug], custom: { effort: 3, 'Story points': 8 } }),
    task(4, { title: 'Fix logout', status: 'in', priority: 'someday', parent: id(3), labels: ['bug', 'outdoor'], custom: { effort: '10', flag: true, tags: ['a', 7], nothing: [], shape: { a: 1 } } }),
    task(5, { title: '', description: '漢字のテスト文', assignee: gone, createdBy: ben, watchers: [ben], labels: [urgentLabel], custom: { effort: 10, when: '2026-12-24', blank: '' }, order: 'V' }),
    task(6, { title: 'ÄRGER with straße', status: 'todo', dueDate: '2026-11-30', comments: [comment(206, 'Ask about 😀 the Invoices'), comment(207, 'secret', { deleted: true, body: '' })] }),
    task(7, { title: 'Old fence', status: 'todo', assignee: ana, labels: ['outdoor'], deleted: true }),
    task(8, { title: 'a%b_c', status: 'cancelled', priority: 'medium', dueDate: '2026-12-07', custom: { effort: -1.5e0 } }),
  ],
}
const searches = [
  ['[SE7] nothing asked: all but the deleted, newest first', {}],
  ['[SE7] deleted on request', { filter: 'deleted' }], ['[SE7] deleted among others', { filter: 'deleted or label = outdoor' }], ['[SE7] not deleted', { filter: 'not deleted' }], ['[SE7] deleted as a value is no mention', { filter: 'status != deleted' }],
  ['[SE5] unequal holds where absent', { filter: 'status != todo' }], ['[SE5] not in holds where absent', { filter: 'status not in (todo, doing)' }], ['[SE5] in', { filter: 'status in (todo, "in")' }], ['[SE5] not of a comparison with the absent', { filter: 'not due < today' }],
  ['[SE1] values keep their case', { filter: 'status = Todo' }], ['[SE2] and before or', { filter: 'status = done or status = todo and priority = high' }],
  ['[SE6] a set: any value', { filter: 'label = outdoor' }], ['[SE6] a set: none equal', { filter: 'label != outdoor' }], ['[SE6] an empty set', { filter: 'label is empty' }], ['[SE6] watcher', { filter: 'watcher = me' }],
  ['[SE10] a label by name or by itself', { filter: 'label = bug' }], ['[SE10] a label by id', { filter: `label = ${bug}` }], ['[SE10] an id in upper case', { filter: `label = ${bug.toUpperCase()}` }], ['[SE10] a label contains, also by name', { filter: 'label ~ BU' }],
  ['[SE10] me', { filter: 'assignee = me' }], ['[SE10] a quoted me is a name', { filter: 'assignee = "me"' }], ['[SE10] a user by name', { filter: 'assignee = "ben ólafsson"' }], ['[SE10] a user by id who left', { filter: `assignee = ${gone}` }], ['[SE10] nobody of that name', { filter: 'assignee = Zoe' }],
  ['[SE10] a retired project by name', { filter: 'project = GARDEN' }], ['[SE10] unequal to a project', { filter: 'project != garden' }], ['[SE10] creator', { filter: 'creator != me' }], ['a parent', { filter: `parent = ${id(3)}` }], ['the top level', { filter: 'parent is empty' }],
  ['[SE8] due today', { filter: 'due = today' }], ['[SE8] before today', { filter: 'due < today' }], ['[SE8] until today', { filter: 'due <= today' }], ['[SE8] after today', { filter: 'due > today' }], ['[SE8] from today', { filter: 'due >= today' }],
  ['[SE8] a week', { filter: 'due >= today+1d and due < today+1w' }], ['[SE8] days back', { filter: 'created < today-18d' }], ['[SE8] an instant', { filter: 'due = 2026-11-24T01:00:00+01:00' }], ['[SE8] before an instant', { filter: 'due < 2026-11-23T00:30:00Z' }], ['[SE8] not an instant', { filter: 'due != 2026-11-23T00:30:00Z' }],
  ['[SE8] updated to the millisecond', { filter: 'updated > 2026-11-20T08:00:00.004Z' }], ['[SE8] due in days', { filter: 'due in (2026-12-07, today)' }], ['due is empty', { filter: 'due is empty' }],
  ['[SE9] by rank', { filter: 'priority >= high' }], ['[SE9] below a rank', { filter: 'priority < high' }], ['[SE9] against no rank', { filter: 'priority < someday' }], ['[SE9] not below a rank', { filter: 'not priority < high' }], ['[SE9] priority equal', { filter: 'priority = someday' }],
  ['[SE11] a number', { filter: 'custom.effort = 10' }], ['[SE11] a number in another spelling', { filter: 'custom.effort = 1e1' }], ['[SE11] a quoted number is a string', { filter: 'custom.effort = "10"' }], ['[SE11] order of numbers and strings', { filter: 'custom.effort > 2' }], ['[SE11] below', { filter: 'custom.effort <= -1.5' }],
  ['[SE11] a name with a space', { filter: 'custom."Story points" > 5' }], ['[SE11] names keep their case', { filter: 'custom.Effort is not empty' }], ['[SE11] true', { filter: 'custom.flag = true' }], ['[SE11] a quoted true', { filter: 'custom.flag = "true"' }], ['[SE11] arrays', { filter: 'custom.tags = a and custom.tags = 7' }],
  ['[SE11] ISO dates order', { filter: 'custom.when < "2027"' }], ['[SE11] is empty', { filter: 'custom.nothing is not empty or custom.blank is not empty' }], ['[SE11] an object is not empty', { filter: 'custom.shape is not empty' }], ['[SE11] an object equals nothing', { filter: 'custom.shape = a' }], ['[SE11] unequal holds where absent', { filter: 'custom.effort != 10' }],
  ['[SE12] title contains', { filter: 'title ~ PAINT' }], ['[SE12] a title beyond ASCII', { filter: 'title ~ "ärger WITH STRAß"' }], ['[SE12] ß is not ss', { filter: 'title ~ strasse' }], ['[SE12] the empty substring', { filter: 'title ~ "" and not status ~ ""' }], ['[SE12] % and _ are themselves', { filter: 'title ~ "%b_"' }], ['[SE12] % is no wildcard', { filter: 'title ~ "a%c"' }],
  ['title equals', { filter: 'title = "paint the shed"' }], ['title is empty', { filter: 'title is empty' }],
  ['[SE12] full text: words begin', { filter: 'text ~ invoi' }], ['[SE12] full text: not within a word', { filter: 'text ~ nvoice' }], ['[SE12] full text: every word, anywhere', { filter: 'text ~ "OUT page fix"' }], ['[SE12] full text: words end at signs', { filter: 'text ~ "draft e42"' }], ['[SE12] full text: deleted comments are not searched', { filter: 'text ~ secret' }],
  ['[SE12] full text: ideographs are words', { filter: 'text ~ 字文' }], ['[SE12] full text: kana are words', { filter: 'text ~ スト' }], ['[SE12] full text: no word in the value', { filter: 'text ~ "😀 -"' }],
  ['[SE14] q', { q: 'fence' }], ['[SE14] q and a filter', { q: 'fix', filter: 'status = done' }], ['[SE14] q finds no deleted', { q: 'old' }],
  ['[SE15] by due', { sort: 'due' }], ['[SE15] by due, last first: none comes last', { sort: '-due' }], ['[SE15] by priority', { sort: '-priority,title' }], ['[SE15] by priority, low first', { sort: 'priority' }], ['[SE15] by title without case', { sort: 'title' }], ['[SE15] by status and created', { sort: 'status,-created' }], ['[SE15] by order, ties by id', { sort: 'order' }],
]
const cases = searches.map(([name, asked]) => ({ name, ...asked, expect: search(organization, asked) }))
const list = (lines) => `[\n  ${lines.map((line) => JSON.stringify(line)).join(',\n  ')}\n]`
const { tasks, definitions, members, ...rest } = organization
writeFileSync(new URL('../search.json', import.meta.url),
  `{"me":"${rest.me}","today":"${rest.today}",\n"members":${list(members)},\n"definitions":${list(definitions)},\n"tasks":${list(tasks)},\n"cases":${list(cases)}}\n`)
