// Makes fold.json, definitions.json, overlay.json and digests.json: node tools/state.mjs
// Expected lines are written by hand, as what differs from the line before; digests come from this engine's SHA-256.
import { writeFileSync } from 'node:fs'
import { hex, term } from './digest.mjs'
import { json, ids } from './ids.mjs'

const { ann } = ids.replicas
const user = ids.users
const save = (name, cases) => writeFileSync(new URL(`../${name}.json`, import.meta.url), json(cases))
const task = ids.task(1)
const time = (seq) => new Date(Date.UTC(2026, 10, 23, 12, 0, seq)).toISOString()
const stamp = '2026-11-23T11:00:00.500Z/0000'
const comment = (i, more) => ({ id: ids.comment(i), user: user.ann, body: `c${i}`, seq: i + 2, ...more })
const attachment = (more) => ({ id: ids.attachment(1), user: user.ann, size: 9, sha256: 'ab'.repeat(32), epoch: 1, sealed: 'c2VhbGVk', seq: 4, ...more })

const base = {
  kind: 'task', id: task, seq: 4, title: 'Paint 😀', description: 'two coats', status: 'todo', parent: ids.task(7), labels: ['b', 'c'], watchers: [],
  custom: { effort: 3 }, comments: [comment(1)], attachments: [attachment()], createdBy: user.ann, createdAt: time(0), updatedAt: time(4), deleted: false,
}
const gone = { ...base, deleted: true }
const change = (op, more, seq = 9) => ({
  seq, replica: ann, n: 3, user: user.bob, time: time(seq), at: stamp, clock: { base: 4 }, op, ...(more.conflict && op === 'resolve' ? {} : { task }), ...more,
})
const touched = (line, more = {}) => ({ ...line, seq: 9, updatedAt: time(9), ...more })
const without = (line, ...names) => Object.fromEntries(Object.entries(line).filter(([name]) => !names.includes(name)))
const one = (rule, name, before, it, after) => ({ rule, name, task, before, change: it, after })
const note = (field, kind = 'register') => ({
  id: ids.conflict(1), kind, task, ...(field ? { field } : {}), open: false, rule: kind === 'register' ? 'later-stamp' : 'transformed',
  versions: [{ seq: 3, op: 'set', value: 'todo', user: user.ann, replica: ann, at: stamp, atSent: stamp }],
})
const resolve = (field, effect, kind) => ({ ...change('resolve', { choice: 3, effect }), task: undefined, conflict: note(field, kind) })
const other = (op, effect) => ({ ...change(op, { effect }), task: ids.task(2) })

// A resolve's canonical form has the whole conflict in `conflict`, in place of the id that was sent.
const resolved = (field, effect, kind) => JSON.parse(JSON.stringify(resolve(field, effect, kind)))

save('fold', [
  one('OP2', 'create makes the line', null,
    change('create', { values: { title: 'T', status: 'todo', labels: ['b', 'a', 'b'], 'custom.effort': 3 } }),
    { kind: 'task', id: task, seq: 9, title: 'T', description: '', status: 'todo', labels: ['a', 'b'], watchers: [], custom: { effort: 3 }, comments: [], attachments: [],
      createdBy: user.bob, createdAt: '2026-11-23T11:00:00.500Z', updatedAt: time(9), deleted: false }),
  one('TL3', 'createdAt is the wall of the adjusted stamp, not of the sent one, nor the server\'s time', null,
    change('create', { values: { title: 'T' }, atSent: '2999-01-01T00:00:00.000Z/0007' }),
    { kind: 'task', id: task, seq: 9, title: 'T', description: '', labels: [], watchers: [], custom: {}, comments: [], attachments: [],
      createdBy: user.bob, createdAt: '2026-11-23T11:00:00.500Z', updatedAt: time(9), deleted: false }),
  one('TR6', 'create under a deleted parent', null, change('create', { values: { title: 'T', parent: ids.task(7) }, effect: { parent: null } }),
    { kind: 'task', id: task, seq: 9, title: 'T', description: '', labels: [], watchers: [], custom: {}, comments: [], attachments: [],
      createdBy: user.bob, createdAt: '2026-11-23T11:00:00.500Z', updatedAt: time(9), deleted: false }),
  one('PL4', 'set writes', base, change('set', { field: 'status', value: 'done' }), touched(base, { status: 'done' })),
  one('TL1', 'set null leaves the register out', base, change('set', { field: 'status', value: null }), touched(without(base, 'status'))),
  one('TL4', 'a custom field goes under custom', base, change('set', { field: 'custom.size', value: { b: 1, a: [] } }), touched(base, { custom: { effort: 3, size: { a: [], b: 1 } } })),
  one('TL2', 'a set without effect touches its task', base, change('set', { field: 'status', value: 'done', effect: { applied: false } }), touched(base)),
  one('PL5', 'a set that took another value', base, change('set', { field: 'status', value: 'done', effect: { value: 'doing' } }), touched(base, { status: 'doing' })),
  one('PL5', 'a move that ends at the top', base, change('set', { field: 'parent', value: ids.task(8), effect: { parent: null } }), touched(without(base, 'parent'))),
  one('TR4', 'a move that brings the task back', gone, change('set', { field: 'parent', value: ids.task(8), effect: { restored: [task] } }), touched(base, { parent: ids.task(8) })),
  one('TX3', 'text edits count code points', base, change('text', { field: 'title', edit: [6, { d: 1 }, '👩‍👧!'] }), touched(base, { title: 'Paint 👩‍👧!' })),
  one('OP6', 'add keeps the order', base, change('add', { field: 'labels', value: 'a' }), touched(base, { labels: ['a', 'b', 'c'] })),
  one('OP7', 'adding what is there', base, change('add', { field: 'labels', value: 'b' }), touched(base)),
  one('OP6', 'remove', base, change('remove', { field: 'labels', value: 'b' }), touched(base, { labels: ['c'] })),
  one('OP7', 'a remove after which the value stays', base, change('remove', { field: 'labels', value: 'b', effect: { applied: false } }), touched(base)),
  one('OP8', 'comment', base, change('comment', { comment: ids.comment(2), body: 'x', parent: ids.comment(1) }),
    touched(base, { comments: [comment(1), { id: ids.comment(2), user: user.bob, body: 'x', parent: ids.comment(1), seq: 9 }] })),
  one('OP9', 'editComment', base, change('editComment', { comment: ids.comment(1), body: 'x' }), touched(base, { comments: [comment(1, { body: 'x', edited: true })] })),
  one('TL5', 'deleteComment leaves a tombstone', { ...base, comments: [comment(1, { edited: true })] }, change('deleteComment', { comment: ids.comment(1) }),
    touched(base, { comments: [comment(1, { body: '', deleted: true })] })),
  one('OP9', 'an edit of a deleted comment is not shown', { ...base, comments: [comment(1, { body: '', deleted: true })] },
    change('editComment', { comment: ids.comment(1), body: 'x' }), touched(base, { comments: [comment(1, { body: '', deleted: true })] })),
  one('OP11', 'attach', { ...base, attachments: [] },
    change('attach', { attachment: ids.attachment(1), size: 9, sha256: 'ab'.repeat(32), epoch: 1, sealed: 'c2VhbGVk' }), touched(base, { attachments: [attachment({ user: user.bob, seq: 9 })] })),
  one('TL6', 'detach leaves a tombstone', base, change('detach', { attachment: ids.attachment(1) }), touched(base, { attachments: [attachment({ deleted: true })] })),
  one('TR1', 'delete', base, change('delete', {}), touched(gone)),
  one('TR1', 'restore', gone, change('restore', {}), touched(base)),
  one('TR5', 'restore to the top', gone, change('restore', { effect: { parent: null } }), touched(without(base, 'parent'))),
  one('TR1', 'a tombstone still takes changes', gone, change('set', { field: 'status', value: 'done' }), touched(gone, { status: 'done' })),
  one('TR3', 'another task\'s delete takes it along', base, other('delete', { deleted: [task] }), touched(gone)),
  one('TR3', 'another task\'s delete sends it to the top', base, other('delete', { top: [task] }), touched(without(base, 'parent'))),
  one('TR5', 'another task\'s restore brings it back', gone, other('restore', { restored: [task] }), touched(base)),
  one('PL5', 'another task\'s cleared parent is not its own', base, other('restore', { restored: [task], parent: null }), touched(base)),
  one('PL4', 'another task\'s change is none of its own', base, other('set', undefined) && { ...change('set', { field: 'status', value: 'x' }), task: ids.task(2) }, base),
  one('CF10', 'resolve on a register', base, resolved('status', { value: 'done' }), touched(base, { status: 'done' })),
  one('CF10', 'resolve clears a register', base, resolved('status', { value: null }), touched(without(base, 'status'))),
  one('CF10', 'resolve on a text', base, resolved('title', { edit: [{ d: 5 }, 'Draw'] }, 'text-overlap'), touched(base, { title: 'Draw 😀' })),
  one('CF10', 'resolve restores', gone, resolved(null, { restored: [task] }, 'deleted-edited'), touched(base)),
  one('CF9', 'the same choice again has no effect', base, resolved('status', { applied: false }), touched(base)),
  one('TR2', 'delete of a task that is not there', null, change('delete', { effect: { applied: false } }), null),
])

const definition = { kind: 'label', id: ids.definition(1), seq: 4, values: { color: 'red', name: 'Garden' } }
const define = (values, effect) => ({ ...change('define', { kind: 'label', id: ids.definition(1), values, ...(effect ? { effect } : {}) }), task: undefined })
save('definitions', JSON.parse(JSON.stringify([
  { rule: 'OP12', name: 'the first define', before: null, change: define({ name: 'Garden', color: null }), after: { ...definition, seq: 9, values: { name: 'Garden' } } },
  { rule: 'OP12', name: 'a property is written', before: definition, change: define({ color: 'blue', archived: true }), after: { ...definition, seq: 9, values: { archived: true, color: 'blue', name: 'Garden' } } },
  { rule: 'OP12', name: 'null clears', before: definition, change: define({ color: null }), after: { ...definition, seq: 9, values: { name: 'Garden' } } },
  { rule: 'OP12', name: 'a define that lost', before: definition, change: define({ color: 'blue' }, { applied: false }), after: { ...definition, seq: 9 } },
])))

const pending = (n, op, more) => ({ replica: ann, user: user.bob, change: { n, at: stamp, clock: { base: 4 }, op, task, ...more } })
const shown = (line, more) => ({ ...line, updatedAt: '2026-11-23T11:00:00.500Z', ...more })
const unsent = 9007199254740991
save('overlay', [
  { rule: 'LV4', name: 'nothing pending', confirmed: base, pending: [], expect: base },
  { rule: 'LV4', name: 'pending on top, oldest first', confirmed: base, pending: [pending(1, 'set', { field: 'status', value: 'a' }), pending(2, 'set', { field: 'status', value: 'b' })], expect: shown(base, { status: 'b' }) },
  { rule: 'LV4', name: 'rebased text', confirmed: base, pending: [pending(1, 'text', { field: 'title', edit: ['x'] }), pending(2, 'text', { field: 'title', edit: [1, 'y'] })], expect: shown(base, { title: 'xyPaint 😀' }) },
  { rule: 'LV4', name: 'a task that is itself pending has seq 0', confirmed: null, pending: [pending(1, 'create', { values: { title: 'T' } }), pending(2, 'set', { field: 'status', value: 'a' })],
    expect: { kind: 'task', id: task, seq: 0, title: 'T', description: '', status: 'a', labels: [], watchers: [], custom: {}, comments: [], attachments: [], createdBy: user.bob,
      createdAt: '2026-11-23T11:00:00.500Z', updatedAt: '2026-11-23T11:00:00.500Z', deleted: false } },
  { rule: 'LV4', name: 'a pending comment stands last', confirmed: base, pending: [pending(1, 'comment', { comment: ids.comment(2), body: 'x' })],
    expect: shown(base, { comments: [comment(1), { id: ids.comment(2), user: user.bob, body: 'x', seq: unsent }] }) },
  { rule: 'PU13', name: 'a text edit that does not fit any more is not shown', confirmed: base, pending: [pending(1, 'text', { field: 'title', edit: [99, 'x'] }), pending(2, 'set', { field: 'status', value: 'b' })], expect: shown(base, { status: 'b' }) },
  { rule: 'LV4', name: 'changes of a task that is not there show nothing', confirmed: null, pending: [pending(1, 'set', { field: 'status', value: 'a' })], expect: null },
  { rule: 'TR3', name: 'a delete that is expected to take the task along', confirmed: base, pending: [{ ...pending(1, 'delete', { task: ids.task(2) }), guess: { deleted: [task] } }], expect: shown(gone) },
])

const lines = [base, gone, touched(base, { title: 'x'.repeat(50), custom: { 'ä': 1.5, '€': null, z: { b: [1e21, 'é'], a: -0.000001 } } }), { ...base, id: ids.task(2), comments: [comment(1, { edited: true }), comment(2, { body: '', deleted: true })] }]
lines[2].custom = { 'ä': 1.5, z: { a: -0.000001, b: [1e21, 'é'] } }
save('digests', [
  { rule: 'DG1', name: 'no tasks', lines: [], terms: [], digest: hex(0n) },
  ...lines.map((line, i) => ({ rule: 'DG1', name: `one task, ${i + 1}`, lines: [line], terms: [hex(term(line))], digest: hex(term(line)) })),
  { rule: 'DG1', name: 'the sum wraps around', lines, terms: lines.map((line) => hex(term(line))), digest: hex(lines.reduce((sum, line) => sum + term(line), 0n)) },
])
