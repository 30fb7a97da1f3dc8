// Makes forms.json, causality.json, stamps.json, registers.json, sets.json and order-keys.json: node tools/fields.mjs
// Every expectation is written by hand from SPEC; this script only fills in ids.
import { writeFileSync } from 'node:fs'
import { json, ids } from './ids.mjs'

const { ann, bob, eve } = ids.replicas
const at = (wall, counter = 0) => `${new Date(Date.UTC(2026, 10, 23, 10, 0, 0, wall)).toISOString()}/${String(counter).padStart(4, '0')}`
const save = (name, cases) => writeFileSync(new URL(`../${name}.json`, import.meta.url), json(cases))

const form = (rule, kind, valid) => ([name, text]) => ({ rule, name, kind, text, valid })
save('forms', [
  ...[['version 7', ids.task(1)], ['version 4', 'f81d4fae-7dec-4fd0-a765-00a0c91e6bf6']].map(form('ID5', 'id', true)),
  ...[['upper case', ids.task(1).toUpperCase()], ['no hyphens', ids.task(1).replaceAll('-', '')], ['braces', `{${ids.task(1)}}`], ['a space', `${ids.task(1)} `], ['too short', ids.task(1).slice(1)], ['not hex', ids.task(1).replace('c', 'g')], ['none', '']]
    .map(form('ID5', 'id', false)),
  ...[[0, '1970-01-01T00:00:00.000Z'], [1, '1970-01-01T00:00:00.001Z'], [1795429230123, '2026-11-23T10:20:30.123Z'], [1795429230100, '2026-11-23T10:20:30.100Z'], [1709164800000, '2024-02-29T00:00:00.000Z'], [253402300799999, '9999-12-31T23:59:59.999Z']]
    .map(([millis, text]) => ({ rule: 'ID6', name: `time ${text}`, kind: 'time', millis, text })),
  ...[['64 units', 'x'.repeat(64)], ['one', ' '], ['32 emoji are 64 units', '😀'.repeat(32)]].map(form('ID8', 'short', true)),
  ...[['empty', ''], ['65 units', 'x'.repeat(65)], ['33 emoji are 66 units', '😀'.repeat(33)]].map(form('ID8', 'short', false)),
  ...[['as it is', '2026-11-23T10:15:30.123Z/0004'], ['the first', '0001-01-01T00:00:00.000Z/0000'], ['the last', '9999-12-31T23:59:59.999Z/9999']].map(form('ST1', 'stamp', true)),
  ...[['two decimals', '2026-11-23T10:15:30.12Z/0004'], ['no decimals', '2026-11-23T10:15:30Z/0004'], ['three digits', '2026-11-23T10:15:30.123Z/004'], ['five digits', '2026-11-23T10:15:30.123Z/00004'], ['an offset', '2026-11-23T10:15:30.123+00:00/0004'],
    ['small letters', '2026-11-23t10:15:30.123z/0004'], ['no counter', '2026-11-23T10:15:30.123Z'], ['a space', '2026-11-23T10:15:30.123Z/0004 '], ['no such day', '2026-02-30T10:15:30.123Z/0004'], ['hour 24', '2026-11-23T24:00:00.000Z/0004'], ['a sign', '2026-11-23T10:15:30.123Z/+004']]
    .map(form('ST1', 'stamp', false)),
  { rule: 'ST1', name: 'stamps in their order', kind: 'order', stamps: [
    { at: at(100), replica: bob }, { at: at(100, 2), replica: ann }, { at: at(100, 10), replica: ann }, { at: at(100, 10), replica: bob }, { at: at(101), replica: ann }, { at: at(60000), replica: ann }] },
])

save('causality', [
  { rule: 'CL4', name: 'the base covers its own seq', clock: { base: 5 }, author: { replica: ann, n: 2 }, other: { seq: 5, replica: bob, n: 1 }, expect: true },
  { rule: 'CL4', name: 'the base covers nothing above it', clock: { base: 5 }, author: { replica: ann, n: 2 }, other: { seq: 6, replica: bob, n: 1 }, expect: false },
  { rule: 'CL4', name: 'an own earlier change is covered wherever it stands', clock: { base: 0 }, author: { replica: ann, n: 2 }, other: { seq: 9, replica: ann, n: 1 }, expect: true },
  { rule: 'CL4', name: 'an own later change is not covered', clock: { base: 0 }, author: { replica: ann, n: 2 }, other: { seq: 9, replica: ann, n: 3 }, expect: false },
  { rule: 'CL4', name: 'a change does not cover itself', clock: { base: 0 }, author: { replica: ann, n: 2 }, other: { seq: 9, replica: ann, n: 2 }, expect: false },
  { rule: 'CL2', name: 'a replica before a fork is covered up to its entry', clock: { base: 0, [eve]: 3 }, author: { replica: ann, n: 1 }, other: { seq: 9, replica: eve, n: 3 }, expect: true },
  { rule: 'CL2', name: 'a replica before a fork is not covered above its entry', clock: { base: 0, [eve]: 3 }, author: { replica: ann, n: 1 }, other: { seq: 9, replica: eve, n: 4 }, expect: false },
  { rule: 'CL4', name: 'what the server did is covered by the base alone', clock: { base: 5 }, author: { replica: ann, n: 9 }, other: { seq: 6, replica: null, n: null }, expect: false },
])

save('stamps', [
  { rule: 'ST2', name: 'a fresh estimate is used as it is', steps: [{ next: at(100), expect: at(100) }, { next: at(200), expect: at(200) }] },
  { rule: 'ST2', name: 'an estimate that stands still counts', steps: [{ next: at(100), expect: at(100) }, { next: at(100), expect: at(100, 1) }] },
  { rule: 'ST2', name: 'an estimate that goes back changes nothing', steps: [{ next: at(100), expect: at(100) }, { next: at(40), expect: at(100, 1) }] },
  { rule: 'ST2', name: 'above all that was seen', steps: [{ observe: at(500, 7) }, { next: at(100), expect: at(500, 8) }] },
  { rule: 'ST2', name: 'counter 9999 carries into the wall', steps: [{ observe: at(500, 9999) }, { next: at(100), expect: at(501) }] },
  { rule: 'ST2', name: 'the carry carries over a second', steps: [{ observe: at(999, 9999) }, { next: at(100), expect: at(1000) }] },
  { rule: 'ST3', name: '60 s ahead is not held', steps: [{ hold: at(60500, 3), serverTime: at(500), expect: at(60500, 3) }] },
  { rule: 'ST3', name: 'more than 60 s ahead is held to the server\'s time', steps: [{ hold: at(60501, 3), serverTime: at(500), expect: at(500) }] },
  { rule: 'ST3', name: 'years behind is not held', steps: [{ hold: '2001-01-01T00:00:00.000Z/0003', serverTime: at(500), expect: '2001-01-01T00:00:00.000Z/0003' }] },
  { rule: 'ST6', name: 'after a hold the clock goes down to what it has seen', steps: [{ next: at(90000), expect: at(90000) }, { observe: at(700, 2) }, { setDown: at(500) }, { next: at(500), expect: at(700, 3) }] },
  { rule: 'ST6', name: 'after a hold the clock goes down to the estimate', steps: [{ next: at(90000), expect: at(90000) }, { setDown: at(500) }, { next: at(500), expect: at(500, 1) }] },
  { rule: 'ST6', name: 'setting down never sets up', steps: [{ next: at(100), expect: at(100) }, { setDown: at(500) }, { next: at(50), expect: at(100, 1) }] },
])

const write = (replica, n, wall, value, base, expect) => ({ replica, n, at: at(wall), value, clock: { base }, expect })
save('registers', [
  { rule: 'OP4', name: 'a write that covers the current one wins and is raised above it', writes: [
    write(ann, 1, 500, 'a', 0, { applied: true, at: at(500), value: 'a' }),
    write(bob, 1, 10, 'b', 1, { applied: true, at: at(500, 1), value: 'b' })] },
  { rule: 'OP4', name: 'concurrent: the later stamp wins', writes: [
    write(ann, 1, 500, 'a', 0, { applied: true, at: at(500), value: 'a' }),
    write(bob, 1, 501, 'b', 0, { applied: true, at: at(501), value: 'b', rival: 1 })] },
  { rule: 'OP4', name: 'concurrent: the earlier stamp loses', writes: [
    write(ann, 1, 500, 'a', 0, { applied: true, at: at(500), value: 'a' }),
    write(bob, 1, 499, 'b', 0, { applied: false, at: at(499), value: 'a', rival: 1 })] },
  { rule: 'OP4', name: 'concurrent with one stamp: the higher replica wins', writes: [
    write(bob, 1, 500, 'b', 0, { applied: true, at: at(500), value: 'b' }),
    write(ann, 1, 500, 'a', 0, { applied: false, at: at(500), value: 'b', rival: 1 })] },
  { rule: 'CF2', name: 'concurrent and equal is no conflict', writes: [
    write(ann, 1, 500, { x: [1, 2] }, 0, { applied: true, at: at(500), value: { x: [1, 2] } }),
    write(bob, 1, 501, { x: [1.0, 2e0] }, 0, { applied: true, at: at(501), value: { x: [1, 2] } })] },
  { rule: 'OP4', name: 'null clears', writes: [
    write(ann, 1, 500, 'a', 0, { applied: true, at: at(500), value: 'a' }),
    write(bob, 1, 600, null, 1, { applied: true, at: at(600), value: null })] },
  { rule: 'ST4', name: 'raised above an own write that lost', writes: [
    write(ann, 1, 900, 'a', 0, { applied: true, at: at(900), value: 'a' }),
    write(bob, 1, 700, 'b', 0, { applied: false, at: at(700), value: 'a', rival: 1 }),
    write(bob, 2, 600, 'c', 0, { applied: false, at: at(700, 1), value: 'a', rival: 1 })] },
  { rule: 'ST4', name: 'raised above a former writer within the base, not above the current one outside it', writes: [
    write(ann, 1, 900, 'a', 0, { applied: true, at: at(900), value: 'a' }),
    write(ann, 2, 950, 'b', 1, { applied: true, at: at(950), value: 'b' }),
    write(bob, 1, 600, 'c', 1, { applied: false, at: at(900, 1), value: 'b', rival: 2 })] },
  { rule: 'ST5', name: 'three concurrent writes: the highest stands at the end', writes: [
    write(ann, 1, 500, 'a', 0, { applied: true, at: at(500), value: 'a' }),
    write(bob, 1, 700, 'b', 0, { applied: true, at: at(700), value: 'b', rival: 1 }),
    write(eve, 1, 600, 'c', 0, { applied: false, at: at(600), value: 'b', rival: 2 })] },
  { rule: 'ST5', name: 'the same three in another order: the same writer, the same stamps', writes: [
    write(eve, 1, 600, 'c', 0, { applied: true, at: at(600), value: 'c' }),
    write(bob, 1, 700, 'b', 0, { applied: true, at: at(700), value: 'b', rival: 1 }),
    write(ann, 1, 500, 'a', 0, { applied: false, at: at(500), value: 'b', rival: 2 })] },
])

save('sets', [
  { rule: 'OP6', name: 'a remove takes away what its author saw', steps: [
    { add: 'x', replica: ann, n: 1, expect: ['x'] }, { remove: 'x', replica: bob, n: 1, clock: { base: 1 }, gone: true, expect: [] }] },
  { rule: 'OP6', name: 'a concurrent add wins', steps: [
    { add: 'x', replica: ann, n: 1, expect: ['x'] }, { add: 'x', replica: ann, n: 2, expect: ['x'] },
    { remove: 'x', replica: bob, n: 1, clock: { base: 1 }, gone: false, expect: ['x'] }] },
  { rule: 'OP6', name: 'an own add is always seen', steps: [
    { add: 'x', replica: ann, n: 1, expect: ['x'] }, { remove: 'x', replica: ann, n: 2, clock: { base: 0 }, gone: true, expect: [] }] },
  { rule: 'OP7', name: 'removing what is not there', steps: [{ remove: 'x', replica: ann, n: 1, clock: { base: 0 }, gone: true, expect: [] }] },
  { rule: 'TL4', name: 'sorted by UTF-8 bytes', steps: [
    { add: '\uff5e', replica: ann, n: 1, expect: ['\uff5e'] }, { add: '😀', replica: ann, n: 2, expect: ['\uff5e', '😀'] },
    { add: 'b', replica: ann, n: 3, expect: ['b', '\uff5e', '😀'] }, { add: 'B', replica: bob, n: 1, expect: ['B', 'b', '\uff5e', '😀'] }] },
])

save('order-keys', [
  [null, null, 'V'], ['V', null, 'W'], ['y', null, 'z1'], ['z', null, 'z01'], ['zyz', null, 'zz1'], [null, 'V', 'U'], [null, '1', '0zz'], [null, '01', '00zzz'],
  ['a', 'c', 'b'], ['a', 'b', 'aV'], ['a', 'aV', 'aG'], ['az', 'b', 'azV'], ['a', 'b1', 'b'], ['a5', 'a7', 'a6'], ['a', 'a', 'aV'], ['a', 'a0', 'aV'], ['b', 'a', 'bV'],
].map(([before, after, expect]) => ({ name: `${before ?? 'start'} to ${after ?? 'end'}`, before, after, expect })))
