// Makes push.json: node tools/push.mjs
// What a push is answered is written here by hand from SPEC, "Push", "Clocks", "Ops and fields" and "Access"; log.mjs only writes it out.
import { add, again, at, attach, by, comment, create, define, del, deleteComment, detach, editComment, nothing, one, push, refused, rejected, remove, resolve, restore, save, set, task, text } from './log.mjs'
import { ids } from './ids.mjs'

const begin = push('ann', 1, by(3, create(1, { title: 'abcdef' }))) // seq 4
const lost = { effect: { applied: false } }
const problem = (status, code, more) => ({ status, code, ...more })
const { invalid, exists, unknown, forbidden, dependent } = Object.fromEntries(['invalid', 'exists', 'unknown', 'forbidden', 'dependent'].map((code) => [code, rejected(code)]))
const wrong = (more) => ({ op: 'set', task: task(1), field: 'status', value: 'a', ...more })

save('push', 3, [
  one('PU3', 'one result for each change, in their order: accepted, merged, rejected', [
    begin,
    push('bob', 10, by(4, set(1, 'status', 'a')), by(4, del(9), lost), by(4, set(8, 'status', 'a'), unknown), by(4, add(1, 'labels', 'x')))]),
  one('PU3', 'an adjusted stamp alone is still accepted', [begin, push('bob', 10, by(4, set(1, 'status', 'a'), { at: at(10) }, { at: at(71, 5) }))]),
  one('PU2', 'a push without changes', [begin, push('bob', 10)]),
  one('PU4', 'sent again, a change is answered what it was answered, whatever happened since', [
    begin,
    push('ann', 10, by(4, set(1, 'status', 'a')), by(4, set(9, 'status', 'a'), unknown)),
    push('bob', 20, by(5, create(9, { title: 'nine' })), by(5, set(1, 'status', 'b'))),
    push('ann', 30, again(1), again(2), again(3), by(5, set(1, 'priority', 'a'))),
    push('ann', 40, again(3))]),
  one('PU5', 'a replica\'s changes stand in the log in order of n, those of others between them', [
    begin,
    push('ann', 10, by(4, set(1, 'status', 'a'))),
    push('bob', 20, by(4, set(1, 'priority', 'b'))),
    push('ann', 30, by(4, add(1, 'labels', 'x')), by(4, add(1, 'labels', 'y')))]),
  one('LG1', 'places follow on without a gap: what is rejected takes none', [
    begin,
    push('ann', 10, by(4, set(9, 'status', 'a'), unknown), by(4, set(1, 'status', 'a')), by(4, text(1, 'title', [99, 'x']), invalid), by(4, del(9), lost), by(4, nothing)),
    push('bob', 20, by(7, set(1, 'priority', 'b')))]),
  one('LG4', 'a place in the log goes by arrival, whatever the stamps say', [
    begin,
    push('ann', 30, by(4, set(1, 'status', 'a'))),
    push('bob', 40, by(4, set(1, 'priority', 'b'), {}, { at: at(-3600 * 24 * 3650) }))]),
  one('PU6', 'a gap before the push, or inside it; nothing of it counts', [
    begin,
    refused('ann', 10, problem(409, 'gap', { expected: 2 }), by(4, set(1, 'status', 'a'), {}, { n: 3 })),
    refused('ann', 20, problem(409, 'gap', { expected: 3 }), by(4, set(1, 'status', 'a')), by(4, set(1, 'status', 'b'), {}, { n: 4 })),
    refused('ann', 30, problem(409, 'gap', { expected: 2 }), again(1), by(4, set(1, 'status', 'a'), {}, { n: 3 })),
    refused('bob', 40, problem(409, 'gap', { expected: 1 }), by(4, set(1, 'status', 'a'), {}, { n: 2 })),
    push('ann', 50, by(4, set(1, 'status', 'a')))]),
  one('PU7', 'other content under a number that was used: the first that differs is named, and nothing counts', [
    begin,
    push('ann', 10, by(4, set(1, 'status', 'a')), by(4, set(1, 'status', 'b'))),
    refused('ann', 20, problem(409, 'replica_forked', { n: 2 }), again(1), by(4, set(1, 'status', 'x'), {}, { n: 2 }), by(4, set(1, 'status', 'y'), {}, { n: 3 }), by(4, nothing, {}, { n: 4 })),
    refused('ann', 30, problem(409, 'replica_forked', { n: 3 }), by(4, set(1, 'status', 'b'), {}, { n: 3, at: at(10, 2) })),
    push('ann', 40, by(6, set(1, 'status', 'c')))]),
  one('PU7', 'also where the first was rejected', [
    begin,
    push('ann', 10, by(4, set(9, 'status', 'a'), unknown)),
    refused('ann', 20, problem(409, 'replica_forked', { n: 2 }), by(4, nothing, {}, { n: 2 }))]),
  one('PU9', 'issued anew after a fork: the changes from there on, under another id from 1, with the old replica in their clocks', [
    begin,
    push('ann', 10, by(4, text(1, 'title', ['1']))),
    refused('ann', 20, problem(409, 'replica_forked', { n: 2 }), by(4, text(1, 'title', ['2']), {}, { n: 2 })),
    push('ann2', 30, by(4, text(1, 'title', ['2']), { edit: [1, '2'] }, { clock: { ann: 1 } }), by(4, set(1, 'status', 'a'), {}, { clock: { ann: 1 } }))]),
  one('PU11', 'text on a field after a rejected one of that field; other fields, and the next push, are free', [
    begin,
    push('ann', 10, by(4, text(1, 'title', [99, 'x']), invalid), by(4, text(1, 'title', ['y']), dependent), by(4, text(1, 'description', ['z'])), by(4, set(1, 'status', 'a'))),
    push('ann', 20, by(4, text(1, 'title', ['y'])))]),
  one('PU11', 'whatever names a task whose creation was rejected', [
    begin,
    push('ann', 10, by(4, create(2, { title: 'two', parent: 9 }), unknown), by(4, set(2, 'status', 'a'), dependent), by(4, create(3, { title: 'three', parent: 2 }), dependent),
      by(4, set(1, 'parent', 2), dependent), by(4, comment(2, 1, 'x'), dependent), by(4, del(2), dependent), by(4, set(3, 'status', 'a'), dependent), by(4, set(1, 'status', 'a')))]),
  one('PU11', 'a comment whose creation was rejected', [
    begin,
    push('ann', 10, by(4, comment(1, 1, 'an answer', 7), unknown), by(4, editComment(1, 1, 'x'), dependent), by(4, comment(1, 2, 'on it', 1), dependent), by(4, comment(1, 3, 'another')))]),
  one('PU11', 'also where the rejected one is not of its form', [
    begin,
    push('ann', 10, by(4, { ...create(2, { title: 'two' }), colour: 1 }, invalid), by(4, set(2, 'status', 'a'), dependent),
      by(4, text(1, 'title', [0, 'x']), invalid), by(4, text(1, 'title', ['y']), dependent), by(4, comment(1, 1, ''), invalid), by(4, deleteComment(1, 1), dependent))]),
  one('PU11', 'what exists already is there: nothing depends on its second creation', [
    begin,
    push('bob', 10, by(4, create(1, { title: 'other' }), exists), by(4, set(1, 'status', 'a')))]),
  one('PU15', 'another history than the log\'s', [begin, { ...refused('ann', 10, problem(410, 'resync'), by(4, set(1, 'status', 'a'))), history: 'another' }]),

  one('CL5', 'a base above the head refuses the whole push before anything of it counts', [
    begin,
    refused('ann', 10, problem(410, 'resync'), by(4, set(1, 'status', 'a')), by(5, set(1, 'status', 'b'))),
    push('ann', 20, by(4, set(1, 'status', 'a')))]),
  one('CL6', 'a base below that of an earlier own change counts as that one, in this push or one before', [
    begin,
    push('bob', 50, by(4, set(1, 'priority', 'b')), by(4, set(1, 'status', 'b'))),
    push('ann', 60, by(6, set(1, 'custom.a', 1)), by(4, set(1, 'priority', 'a'), { at: at(50, 1), clock: 6 }, { at: at(10) })),
    push('ann', 70, by(4, set(1, 'status', 'a'), { at: at(50, 2), clock: 6 }, { at: at(11) }))]),
  one('CL6', 'in a text it is refused', [
    begin,
    push('bob', 10, by(4, text(1, 'title', ['x']))),
    push('ann', 20, by(5, set(1, 'status', 'a')), by(4, text(1, 'title', ['y']), invalid))]),
  one('CL7', 'text on a task whose creation the clock does not cover', [
    begin,
    push('bob', 10, by(3, text(1, 'title', ['x']), invalid), by(3, set(1, 'status', 'a'))),
    push('ann', 20, by(3, create(2, { title: 'two' })), by(3, text(2, 'title', ['own '])))]),
  one('CL2', 'a replica before a fork has seen the creation', [begin, push('ann2', 10, by(3, text(1, 'title', ['x']), {}, { clock: { ann: 1 } }))]),

  one('OP1', 'a member, an op, a field or a value that there is not; the next one is taken all the same', [
    begin,
    push('ann', 10, by(4, wrong({ colour: 1 }), invalid), by(4, wrong({ op: 'fly' }), invalid), by(4, wrong({ field: 'colour' }), invalid), by(4, wrong({ value: 7 }), invalid),
      by(4, wrong({ value: '' }), invalid), by(4, wrong({ value: 'x'.repeat(65) }), invalid), by(4, { op: 'set', task: task(1), field: 'status' }, invalid),
      by(4, wrong({ field: 'dueDate', value: '2026-02-30' }), invalid), by(4, wrong({ field: 'order', value: 'a-b' }), invalid), by(4, wrong({ field: 'custom.', value: 1 }), invalid),
      by(4, wrong({ task: task(1).toUpperCase() }), invalid), by(4, wrong()))]),
  one('OP2', 'a task is created once, also if it was deleted', [
    begin,
    push('ann', 10, by(4, create(1, { title: 'again' }), exists), by(4, del(1)), by(4, create(1, { title: 'again' }), exists))]),
  one('OP2', 'registers and set values given at creation count as written and added by it', [
    push('ann', 30, by(3, create(1, { title: 'T', status: 'todo', labels: ['x'] }))),
    push('bob', 40, by(4, set(1, 'status', 'done'), { at: at(30, 1) }, { at: at(10) }), by(4, remove(1, 'labels', 'x'))),
    push('eve', 50, by(3, remove(1, 'labels', 'x')))]),
  one('OP13', 'of two creations of one id the first in the log stands', [
    push('bob', 20, by(3, create(1, { title: 'bob\'s' }))),
    push('ann', 21, by(3, create(1, { title: 'ann\'s' }), exists, { at: at(10) }))]),
  one('OP3', 'a task, comment, attachment or conflict that does not exist', [
    begin,
    push('ann', 10, by(4, set(9, 'status', 'a'), unknown), by(4, text(9, 'title', ['x']), unknown), by(4, add(9, 'labels', 'x'), unknown), by(4, comment(9, 1, 'x'), unknown), by(4, restore(9), unknown),
      by(4, attach(9, 1), unknown), by(4, editComment(1, 9, 'x'), unknown), by(4, deleteComment(1, 9), unknown), by(4, comment(1, 2, 'x', 9), unknown), by(4, detach(1, 9), unknown),
      by(4, resolve(4, 'register', { choice: 4 }), unknown), by(4, del(9), lost))]),
  one('OP3', 'project, assignee and watchers are not looked up', [
    begin,
    push('ann', 10, by(4, set(1, 'project', ids.definition(9))), by(4, set(1, 'assignee', ids.task(9))), by(4, add(1, 'watchers', 'nobody')))]),
  one('OP5', 'each op has its kind of field', [
    begin,
    push('ann', 10, by(4, set(1, 'title', 'x'), invalid), by(4, set(1, 'labels', ['x']), invalid), by(4, text(1, 'status', ['x']), invalid), by(4, text(1, 'labels', ['x']), invalid),
      by(4, add(1, 'title', 'x'), invalid), by(4, add(1, 'status', 'x'), invalid), by(4, remove(1, 'priority', 'x'), invalid))]),
  one('OP6', 'a remove takes away the adds that it covers; a concurrent add wins', [
    begin,
    push('ann', 10, by(4, add(1, 'labels', 'x'))),
    push('bob', 20, by(4, add(1, 'labels', 'x'))),
    push('eve', 30, by(5, remove(1, 'labels', 'x'), lost)),
    push('eve', 40, by(6, remove(1, 'labels', 'x')))]),
  one('OP7', 'adding what is there and removing what is not are accepted', [
    begin,
    push('ann', 10, by(4, add(1, 'watchers', 'x')), by(4, add(1, 'watchers', 'x')), by(4, remove(1, 'watchers', 'y')))]),
  one('OP8', 'a comment is added once; what it answers must be a comment of its task', [
    push('ann', 1, by(3, create(1, { title: 'one' })), by(3, create(2, { title: 'two' }))),
    push('ann', 10, by(5, comment(1, 1, 'x')), by(5, comment(1, 1, 'y'), exists), by(5, comment(1, 2, 'z', 1)), by(5, comment(2, 3, 'z', 1), unknown), by(5, comment(1, 4, ''), invalid))]),
  one('OP9', 'comments are changed by their author, from admin up by anybody', [
    begin,
    push('bob', 10, by(4, comment(1, 1, 'bob\'s')), by(4, editComment(1, 1, 'bob\'s, edited'))),
    push('eve', 20, by(6, editComment(1, 1, 'eve was here'), forbidden), by(6, deleteComment(1, 1), forbidden)),
    push('ann', 30, by(6, editComment(1, 1, 'the owner was here')))]),
  one('OP9', 'a deletion is final: an edit that comes after it is kept and not shown, also if its stamp is later', [
    begin,
    push('bob', 10, by(4, comment(1, 1, 'x'))),
    push('bob', 20, by(5, deleteComment(1, 1))),
    push('ann', 30, by(5, editComment(1, 1, 'y'), lost)),
    push('ann', 40, by(7, deleteComment(1, 1), lost))]),
  one('OP9', 'an edit that loses to a later one is not shown', [
    begin,
    push('bob', 10, by(4, comment(1, 1, 'x'))),
    push('bob', 30, by(5, editComment(1, 1, 'y'))),
    push('ann', 40, by(5, editComment(1, 1, 'z'), lost, { at: at(20) }))]),
  one('OP10', 'the limit holds for what the author saw plus the edit, in bytes', [
    push('ann', 1, by(3, create(1, { title: 'x'.repeat(4090) }))),
    push('bob', 10, by(4, text(1, 'title', ['1234567']), invalid), by(4, set(1, 'status', 'a'))),
    push('bob', 20, by(4, text(1, 'title', ['ééé']))),
    push('ann', 30, by(4, text(1, 'title', ['abcdef']), { edit: [3, 'abcdef'] }))]),
  one('OP11', 'an attachment is announced once and taken away by its author, from admin up by anybody', [
    begin,
    push('bob', 10, by(4, attach(1, 1)), by(4, attach(1, 1), exists), by(4, { ...attach(1, 2), sha256: 'AB'.repeat(32) }, invalid)),
    push('eve', 20, by(5, detach(1, 1), forbidden)),
    push('ann', 30, by(5, detach(1, 1)), by(5, detach(1, 1), lost))]),
  one('OP12', 'the first define settles the kind', [
    push('ann', 10, by(3, define('project', 1, { name: 'Garden' })), by(3, define('label', 1, { name: 'Garden' }), invalid), by(3, define('robot', 2, {}), invalid))]),
  one('OP12', 'each property is a register; the canonical change names those that won', [
    push('ann', 10, by(3, define('label', 1, { name: 'Garden', color: 'red' }))),
    push('ann', 30, by(4, define('label', 1, { name: 'A' }))),
    push('bob', 40, by(4, define('label', 1, { name: 'B', color: 'blue' }), { values: { color: 'blue' } }, { at: at(20) })),
    push('eve', 50, by(4, define('label', 1, { name: 'E' }), { values: {}, ...lost }, { at: at(15) })),
    push('eve', 60, by(7, define('label', 1, { color: null, archived: true })))]),
  one('OP12', 'at most 64 properties, names of 1 to 64 units', [
    push('ann', 10, by(3, define('view', 1, Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`p${i}`, i]))), invalid), by(3, define('view', 1, { '': 1 }), invalid),
      by(3, define('view', 1, { ['x'.repeat(65)]: 1 }), invalid), by(3, define('view', 1, { a: 'x'.repeat(8191) }), invalid), by(3, define('view', 1, { a: 'x'.repeat(8190) })))]),
  one('OP14', 'void uses up a number and has a place in the log', [push('ann', 10, by(3, nothing), by(3, create(1, { title: 'one' })))]),
  one('OP15', 'members are not changed by a push', [push('ann', 10, by(3, { op: 'member', member: ids.users.bob, name: 'bob', role: 'owner' }, invalid))]),
  one('ID7', 'what is no clean text is refused in its place', [
    begin,
    push('ann', 10, by(4, set(1, 'status', 'a\u0000b'), invalid), by(4, set(1, 'custom.x', { 'a\u0000': 1 }), invalid), by(4, comment(1, 1, '\u0000'), invalid), by(4, set(1, 'status', 'a')))]),
  one('ID8', 'a size is that of the UTF-8 form', [
    begin,
    push('ann', 10, by(4, set(1, 'custom.x', 'é'.repeat(4096)), invalid), by(4, set(1, 'custom.x', 'é'.repeat(4095))))]),
  one('TX2', 'an edit in normal form, within the text that its author saw', [
    begin,
    push('ann', 10, by(4, text(1, 'title', [7, 'x']), invalid)),
    push('ann', 20, by(4, text(1, 'title', [1, 2, 'x']), invalid)),
    push('ann', 30, by(4, text(1, 'title', ['x', 3]), invalid)),
    push('ann', 40, by(4, text(1, 'title', ['']), invalid)),
    push('ann', 50, by(4, text(1, 'title', [{ d: 7 }]), invalid)),
    push('ann', 60, by(4, text(1, 'title', [])), by(4, text(1, 'title', [6, 'x'])))]),

  one('AC3', 'a viewer\'s changes are rejected one by one; the role is looked at before all else', [
    begin,
    push('eve', 10, by(4, set(1, 'status', 'a'), forbidden), by(4, create(2, { title: 'two' }), forbidden), by(4, set(2, 'status', 'a'), forbidden), by(4, wrong({ colour: 1 }), invalid))], ['ann', 'bob', 'eve:viewer']),
  one('AC2', 'for who is no member there is no such organization', [
    push('ann', 1, by(2, create(1, { title: 'one' }))),
    refused('eve', 10, problem(404, 'not_found'), by(3, set(1, 'status', 'a')))], ['ann', 'bob']),
  one('ID3', 'a replica belongs to who first pushed with it', [begin, { ...refused('ann', 10, problem(403, 'replica_taken'), by(4, set(1, 'status', 'a'))), user: 'bob' }]),
])
