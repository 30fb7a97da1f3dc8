// Makes intake.json and snapshots.json: node tools/intake.mjs
// What a client holds after each answer or frame, and what it makes of a snapshot, is written here by hand from SPEC: "Push", "Pull", "Snapshot",
// "Live" and "A client in one page".
import { writeFileSync } from 'node:fs'
import { digest } from './digest.mjs'
import { ids, json } from './ids.mjs'
import { add, at, create, set, task, text, time } from './log.mjs'

const { ann, bob } = ids.replicas
const users = { [ann]: ids.users.ann, [bob]: ids.users.bob }
const line = (i, more) => ({ kind: 'task', id: task(i), seq: 4, title: 'abcdef', description: '', status: 'todo', labels: [], watchers: [], custom: {}, comments: [], attachments: [],
  createdBy: ids.users.ann, createdAt: time(1), updatedAt: time(4), deleted: false, ...more })

// Bob's outbox: changes from n = 1, made on base 4; `sent` were in a request.
const mine = (n, body, sent = true) => ({ change: { n, at: at(10, n), clock: { base: 4 }, ...body }, sent })
const unsent = (n, body) => mine(n, body, false)

// The log after seq 4: Ann's changes, and Bob's as they come back.
const logged = (replica, seq, n, body, more) => ({ seq, replica, n, user: users[replica], time: time(seq), at: at(10, n), clock: { base: 4 }, ...body, ...more })
const hers = (seq, body, more) => logged(ann, seq, seq, body, more)
const back = (seq, n, body, more) => logged(bob, seq, n, body, more)

const changes = (from, changes, expect) => ({ changes: { from, to: from + changes.length, changes }, expect })
const results = (results, expect) => ({ results, expect })
const states = (from, to, taken, states, more, expect) => ({ states: { from, to, taken, states, changes: [], ...more }, expect })
const accepted = (n, seq) => ({ n, status: 'accepted', seq, at: at(10, n) })
const merged = (n, seq) => ({ n, status: 'merged', seq, at: at(10, n) })
const rejected = (n, code) => ({ n, status: 'rejected', code, detail: 'because' })

// What is held: base, the overlay's changes by n (of a text edit with how it reads on the confirmed text), Bob's list, and members of the task as shown.
const held = (base, pending, shown, more = {}) => ({ base, pending: pending.map((p) => Array.isArray(p) ? { n: p[0], edit: p[1] } : { n: p }), rejected: [], shown, ...more })
const one = (rule, name, outbox, steps) => ({ rule, name, user: ids.users.bob, replica: bob, base: 4, tasks: [line(1)], outbox, steps })
const refused = (...list) => ({ rejected: list.map(([n, code]) => ({ n, code })) })

const cases = [
  one('PL4', 'changes are applied in order of seq, each as it reads', [], [
    changes(4, [hers(5, set(1, 'status', 'a')), hers(6, add(1, 'labels', 'x')), hers(7, set(1, 'status', 'b'))], held(7, [], { status: 'b', labels: ['x'], seq: 7 }))]),
  one('LV3', 'what begins above what is held is not taken: the client pulls', [mine(1, set(1, 'status', 'mine'))], [
    changes(5, [hers(6, set(1, 'status', 'a'))], held(4, [1], { status: 'mine' }, { pull: true })),
    changes(4, [hers(5, set(1, 'status', 'x')), hers(6, set(1, 'status', 'a'))], held(6, [1], { status: 'mine' }))]),
  one('LV3', 'what is held already is passed over', [], [
    changes(4, [hers(5, add(1, 'labels', 'x')), hers(6, text(1, 'title', ['1']))], held(6, [], { title: '1abcdef', labels: ['x'] })),
    changes(4, [hers(5, add(1, 'labels', 'x')), hers(6, text(1, 'title', ['1'])), hers(7, text(1, 'title', ['2']))], held(7, [], { title: '21abcdef' }))]),
  one('LV4', 'a result alone takes nothing out of the overlay; the own change that comes back does', [mine(1, set(1, 'status', 'mine'))], [
    results([accepted(1, 6)], held(4, [1], { status: 'mine' })),
    changes(4, [hers(5, set(1, 'status', 'hers'))], held(5, [1], { status: 'mine' })),
    changes(5, [back(6, 1, set(1, 'status', 'mine'))], held(6, [], { status: 'mine', seq: 6 }))]),
  one('LV4', 'an own change may come back before its result', [mine(1, set(1, 'status', 'mine')), mine(2, set(1, 'priority', 'high'))], [
    changes(4, [back(5, 1, set(1, 'status', 'mine'))], held(5, [2], { status: 'mine', priority: 'high' })),
    results([accepted(1, 5), accepted(2, 6)], held(5, [2], { priority: 'high' })),
    changes(5, [back(6, 2, set(1, 'priority', 'high'))], held(6, [], { priority: 'high' }))]),
  one('PL5', 'an own change that lost comes back with its effect', [mine(1, set(1, 'status', 'mine'))], [
    changes(4, [hers(5, set(1, 'status', 'hers'))], held(5, [1], { status: 'mine' })),
    changes(5, [back(6, 1, set(1, 'status', 'mine'), { effect: { applied: false } })], held(6, [], { status: 'hers', seq: 6 }))]),
  one('PL11', 'what others create, and what is pending on it', [], [
    changes(4, [hers(5, create(2, { title: 'two', status: 'a' }))], held(5, [], { title: 'two', status: 'a' }, { task: task(2) }))]),

  one('TX5', 'a pending edit moves over what comes in; what is sent stays as it was made', [mine(1, text(1, 'title', [3, 'X']))], [
    changes(4, [hers(5, text(1, 'title', [{ d: 1 }]))], held(5, [[1, [2, 'X']]], { title: 'bcXdef' })),
    changes(5, [back(6, 1, text(1, 'title', [2, 'X']))], held(6, [], { title: 'bcXdef' }))]),
  one('TX5', 'two pending edits, an edit of hers before, between and after them', [mine(1, text(1, 'title', ['1'])), unsent(2, text(1, 'title', [7, '2']))], [
    changes(4, [hers(5, text(1, 'title', ['a']))], held(5, [[1, [1, '1']], [2, [8, '2']]], { title: 'a1abcdef2' })),
    changes(5, [back(6, 1, text(1, 'title', [1, '1']))], held(6, [[2, [8, '2']]], { title: 'a1abcdef2' })),
    changes(6, [hers(7, text(1, 'title', [2, { d: 2 }]))], held(7, [[2, [6, '2']]], { title: 'a1cdef2' })),
    changes(7, [back(8, 2, text(1, 'title', [6, '2']))], held(8, [], { title: 'a1cdef2' }))]),
  one('TX6', 'at the same place hers stands first, since it is in the log', [mine(1, text(1, 'title', [6, 'mine']))], [
    changes(4, [hers(5, text(1, 'title', [6, 'hers']))], held(5, [[1, [10, 'mine']]], { title: 'abcdefhersmine' }))]),
  one('TX7', 'what she deleted around a pending insert leaves the insert', [mine(1, text(1, 'title', [3, 'X']))], [
    changes(4, [hers(5, text(1, 'title', [{ d: 6 }]))], held(5, [[1, ['X']]], { title: 'X' }))]),
  one('TX9', 'the edit of a resolve is foreign, also of an own one', [mine(1, text(1, 'title', [6, '!']))], [
    changes(4, [back(5, 9, { op: 'resolve', choice: 3 }, { effect: { edit: [2, { d: 2 }] }, conflict: { id: ids.conflict(1), kind: 'text-overlap', task: task(1), field: 'title', open: false, rule: 'transformed',
      merged: 'abcdef', versions: [{ seq: 3, op: 'text', value: 'abef', user: ids.users.ann, replica: ann, at: at(3) }], resolvedBy: { seq: 5, user: ids.users.bob, choice: 3, time: time(5) } } })],
    held(5, [[1, [4, '!']]], { title: 'abef!' }))]),

  one('PU13', 'a rejected change leaves the view and goes to its user\'s list', [mine(1, set(1, 'status', 'mine')), mine(2, add(1, 'labels', 'x'))], [
    results([rejected(1, 'forbidden'), accepted(2, 5)], held(4, [2], { status: 'todo', labels: ['x'] }, refused([1, 'forbidden'])))]),
  one('PU13', 'never-sent text after a rejected edit is expressed anew without it', [mine(1, text(1, 'title', ['bad '])), unsent(2, text(1, 'title', [10, '!']))], [
    results([rejected(1, 'invalid')], held(4, [[2, [6, '!']]], { title: 'abcdef!' }, refused([1, 'invalid'])))]),
  one('PU13', 'what was typed into the rejected text stands where that was', [mine(1, text(1, 'title', [3, 'bad'])), unsent(2, text(1, 'title', [4, 'X']))], [
    results([rejected(1, 'invalid')], held(4, [[2, [3, 'X']]], { title: 'abcXdef' }, refused([1, 'invalid'])))]),
  one('PU13', 'what deleted of the rejected text deletes nothing else', [mine(1, text(1, 'title', [3, 'bad'])), unsent(2, text(1, 'title', [2, { d: 3 }]))], [
    results([rejected(1, 'invalid')], held(4, [[2, [2, { d: 1 }]]], { title: 'abdef' }, refused([1, 'invalid'])))]),
  one('PU13', 'what the rejected edit deleted is there again, before what was typed at its place', [mine(1, text(1, 'title', [{ d: 3 }])), unsent(2, text(1, 'title', ['X']))], [
    results([rejected(1, 'invalid')], held(4, [[2, [3, 'X']]], { title: 'abcXdef' }, refused([1, 'invalid'])))]),
  one('PU13', 'what was sent stays as it is, and its own answer decides', [mine(1, text(1, 'title', ['bad '])), mine(2, text(1, 'title', [10, '!'])), mine(3, set(1, 'status', 'mine'))], [
    results([rejected(1, 'invalid'), rejected(2, 'dependent'), accepted(3, 5)], held(4, [3], { title: 'abcdef', status: 'mine' }, refused([1, 'invalid'], [2, 'dependent'])))]),
  one('PU13', 'other fields are not touched', [mine(1, text(1, 'title', ['bad '])), unsent(2, text(1, 'description', ['d'])), unsent(3, text(1, 'title', [10, '!']))], [
    results([rejected(1, 'invalid')], held(4, [[2, ['d']], [3, [6, '!']]], { title: 'abcdef!', description: 'd' }, refused([1, 'invalid'])))]),
  one('PU4', 'an answer that comes twice changes nothing', [mine(1, set(1, 'status', 'mine')), mine(2, add(1, 'labels', 'x'))], [
    results([rejected(1, 'forbidden'), accepted(2, 5)], held(4, [2], { status: 'todo' }, refused([1, 'forbidden']))),
    results([rejected(1, 'forbidden'), accepted(2, 5)], held(4, [2], { status: 'todo' }, refused([1, 'forbidden'])))]),

  one('PL7', 'whole states: what `taken` covers and was answered is done with, the rest stays on top', [mine(1, set(1, 'status', 'one')), mine(2, set(1, 'priority', 'two')), unsent(3, add(1, 'labels', 'x'))], [
    results([accepted(1, 5), accepted(2, 7)], held(4, [1, 2, 3], { status: 'one', priority: 'two', labels: ['x'] })),
    states(4, 6, 1, [line(1, { seq: 6, status: 'one', priority: 'hers' })], {}, held(6, [2, 3], { status: 'one', priority: 'two', labels: ['x'] }))]),
  one('PL8', 'whole states come with definitions and members as changes, tombstones included', [], [
    states(4, 7, 0, [line(1, { seq: 6, deleted: true }), line(2, { seq: 5, title: 'two' })], { changes: [hers(7, { op: 'define', kind: 'label', id: ids.definition(1), values: { name: 'x' } })] }, held(7, [], { deleted: true, seq: 6 }))]),
  one('PL8', 'states that do not begin where the client stands are not taken', [mine(1, set(1, 'status', 'mine'))], [
    states(3, 7, 0, [line(1, { seq: 6, title: 'x' })], {}, held(4, [1], { title: 'abcdef', status: 'mine' }, { pull: true }))]),

  ...[
    ['an op', { ...set(1, 'status', 'a'), op: 'fly' }, {}], ['a field', set(1, 'colour', 'red'), {}], ['an effect', set(1, 'status', 'a'), { effect: { mirrored: true } }],
    ['a kind of conflict', set(1, 'status', 'a'), { conflict: { id: ids.conflict(1), kind: 'quarrel', task: task(1), open: false, rule: 'later-stamp', versions: [] } }],
  ].map(([what, body, more]) => one('PL10', `${what} that the client does not know stops it, the outbox is kept`, [mine(1, set(1, 'status', 'mine'))], [
    changes(4, [hers(5, add(1, 'labels', 'x')), hers(6, body, more)], held(4, [1], { status: 'mine', labels: [] }, { stops: true }))])),
  one('PL10', 'members that it does not know are ignored', [], [
    changes(4, [hers(5, set(1, 'status', 'a'), { mood: 'good', conflict: { id: ids.conflict(1), kind: 'register', task: task(1), field: 'status', open: false, rule: 'later-stamp', mood: 'good',
      versions: [{ seq: 5, op: 'set', value: 'a', user: ids.users.ann, replica: ann, at: at(10, 5), mood: 'good' }] } })], held(5, [], { status: 'a' }))]),
]
writeFileSync(new URL('../intake.json', import.meta.url), json(cases))

const tasks = [line(1), line(2, { title: 'two', deleted: true }), line(3, { title: 'drei 😀', labels: ['x'] })]
const member = { kind: 'member', member: users[ann], name: 'Ann', role: 'owner' }
const label = { kind: 'label', id: ids.definition(1), seq: 3, values: { name: 'x' } }
const head = (more) => ({ seq: 9, count: tasks.length, taken: 2, digest: digest(tasks), history: 'h', ...more })
const read = (rule, name, expect, ...lines) => ({ rule, name, lines, expect })
writeFileSync(new URL('../snapshots.json', import.meta.url), json([
  read('SN1', 'a head, then definitions and members, then the tasks', 'taken', head(), label, member, ...tasks),
  read('SN4', 'in no particular order', 'taken', head(), tasks[2], member, tasks[0], label, tasks[1]),
  read('SN1', 'nothing in it', 'taken', head({ count: 0, digest: '0000000000000000' })),
  read('SN1', 'it ends short of its count', 'thrown away', head({ digest: digest(tasks.slice(0, 2)) }), label, member, tasks[0], tasks[1]),
  read('SN1', 'more tasks than it says', 'thrown away', head({ count: 2 }), ...tasks),
  read('SN1', 'nothing came', 'thrown away'),
  read('SN5', 'the digest is another', 'thrown away', head(), ...tasks.slice(0, 2), line(3, { title: 'other' })),
  read('SN4', 'a line of a kind that the client does not know', 'stops', head(), { kind: 'robot', id: task(9) }, ...tasks),
]))
