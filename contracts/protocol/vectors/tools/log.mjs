// What conflicts.mjs, trees.mjs and push.mjs share: a log in the making. A case is a list of pushes; for each change its author's hand wrote
// down, from SPEC, what comes of it (`is`). This file only writes that out in the form of the wire: numbers n and seq, ids, stamps that rise within a push, results [PU3],
// canonical changes [PL3], conflicts with their versions [CF5] [CF6] [CF7]. It knows no rule that decides anything.
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { ids, json } from './ids.mjs'

const people = { ann: 'owner', bob: 'member', eve: 'member' }
const personOf = (device) => device.replace(/\d$/, '')

/** A stamp: seconds after ten, with milliseconds as fractions; `at(5, 1)` has counter 1. */
export const at = (seconds, counter = 0) => `${time(seconds)}/${String(counter).padStart(4, '0')}`
export const time = (seconds) => new Date(Date.UTC(2026, 10, 23, 10) + Math.round(seconds * 1000)).toISOString()

export const task = ids.task
export const create = (t, values) => ({ op: 'create', task: task(t), values: { ...values, ...(values.parent ? { parent: task(values.parent) } : {}) } })
export const set = (t, field, value) => ({ op: 'set', task: task(t), field, value: field === 'parent' && value !== null ? task(value) : value })
export const text = (t, field, edit) => ({ op: 'text', task: task(t), field, edit })
export const add = (t, field, value) => ({ op: 'add', task: task(t), field, value })
export const remove = (t, field, value) => ({ op: 'remove', task: task(t), field, value })
export const comment = (t, i, body, parent) => ({ op: 'comment', task: task(t), comment: ids.comment(i), body, ...(parent ? { parent: ids.comment(parent) } : {}) })
export const editComment = (t, i, body) => ({ op: 'editComment', task: task(t), comment: ids.comment(i), body })
export const deleteComment = (t, i) => ({ op: 'deleteComment', task: task(t), comment: ids.comment(i) })
export const attach = (t, i) => ({ op: 'attach', task: task(t), attachment: ids.attachment(i), size: 9, sha256: 'ab'.repeat(32), epoch: 1, sealed: 'c2VhbGVk' })
export const detach = (t, i) => ({ op: 'detach', task: task(t), attachment: ids.attachment(i) })
export const del = (t) => ({ op: 'delete', task: task(t) })
export const restore = (t) => ({ op: 'restore', task: task(t) })
export const define = (kind, i, values) => ({ op: 'define', kind, id: ids.definition(i), values })
/** `made` is the seq of the change that made the conflict, `on` as in conflict(); the rest is choice or value. */
export const resolve = (made, kind, { on, ...more }) => ({ op: 'resolve', conflict: { made, kind, on }, ...more })
export const nothing = { op: 'void' }

/**
 * A change of a push: what its author had seen, what it does, and what is to come of it. `is` has what differs from `accepted`:
 * at (adjusted), edit, values, effect, conflict, or the code of a rejection. `more` has a stamp of its own (at), a number (n), clock entries.
 */
export const by = (base, body, is = {}, more = {}) => ({ base, body, is, ...more })
export const rejected = (code) => ({ code })
/** A change that the device sent before, with the members the other way round: the same by its canonical form [PU7], with the same answer [PU4]. */
export const again = (n) => ({ again: n })
/**
 * A conflict: seqs of its versions (or [seq, value] where the value is not simply what the change wrote). `made` is the seq that made it, if an
 * earlier one; `on` a task that the change only reached, `with` a device, where its id has them [CF5]; `about` its task where that is not the first
 * version's.
 */
export const conflict = (kind, rule, open, versions, more = {}) => ({ conflicts: [{ kind, rule, open, versions, ...more }] })
/** Several on one change, in the order of [CF6]. */
export const several = (...all) => ({ conflicts: all.flatMap((one) => one.conflicts) })

/** A push of a device at a second. What follows the changes refuses it as a whole: problem(...). */
export const push = (device, second, ...changes) => ({ device, second, changes })
export const refused = (device, second, problem, ...changes) => ({ device, second, changes, problem })

/** One case; `members` are in the log from seq 1 on, ann is its owner. */
export const one = (rule, name, pushes, members = ['ann', 'bob', 'eve']) => ({ rule, name, pushes, members })

export function save(file, number, cases) {
  const names = cases.map((it) => it.name)
  if (new Set(names).size !== names.length) throw new Error(`a name stands twice: ${names.find((name, i) => names.indexOf(name) !== i)}`)
  const written = cases.map((it, i) => write(it, ids.organization(number * 1000 + i + 1)))
  writeFileSync(new URL(`../${file}.json`, import.meta.url), json(written))
}

function write(it, organization) {
  const roles = it.members.map((member) => member.split(':'))
  const state = { organization, numbers: {}, log: roles.map(() => ({})), done: {} }
  const members = roles.map(([name, role]) => ({ user: ids.users[name], name, role: role ?? people[name] }))
  try {
    return { rule: it.rule, name: it.name, organization, members, pushes: it.pushes.map((p) => writePush(p, state)) }
  } catch (fault) {
    throw new Error(`${it.rule} ${it.name}: ${fault.message}`)
  }
}

function writePush(p, state) {
  const head = { time: time(p.second), user: ids.users[p.user ?? personOf(p.device)], replica: ids.replicas[p.device], ...(p.history ? { history: p.history } : {}) }
  const numbered = number(p, state)
  if (p.problem) return { ...head, changes: numbered.map((c) => sent(c, p, state)), problem: p.problem }
  const before = state.log.length
  const written = numbered.map((c) => {
    const change = sent(c, p, state)
    if (c.again) return { change, result: state.done[`${p.device}/${c.again}`].result }
    return state.done[`${p.device}/${c.n}`] = { change, result: take(c, change, head, state) }
  })
  return { ...head, changes: written.map((w) => w.change), results: written.map((w) => w.result), log: state.log.slice(before) }
}

/** Numbers and stamps follow on; a change sent again, or one with a number of its own (a gap, a fork), keeps that. A refused push uses up none. */
function number(p, state) {
  let last = state.numbers[p.device] ?? 0
  const numbered = p.changes.map((c, i) => {
    const n = c.again ?? c.n ?? last + 1
    last = Math.max(n, last)
    return { ...c, n, at: c.at ?? at(p.second, i) }
  })
  if (!p.problem) state.numbers[p.device] = last
  return numbered
}

function sent(c, p, state) {
  if (c.again) return Object.fromEntries(Object.entries(state.done[`${p.device}/${c.again}`].change).reverse())
  const clock = { base: c.base, ...Object.fromEntries(Object.entries(c.clock ?? {}).map(([device, n]) => [ids.replicas[device], n])) }
  const body = c.body.conflict?.kind ? { ...c.body, conflict: idOf(c.body.conflict, state) } : c.body
  return { n: c.n, at: c.at, clock, ...body }
}

function take(c, change, head, state) {
  const { is } = c
  if (is.code) return { n: c.n, status: 'rejected', code: is.code }
  const seq = state.log.length + 1
  const adjusted = is.at ?? change.at
  const canonical = {
    seq, replica: head.replica, user: head.user, time: head.time, ...change, at: adjusted, ...(adjusted === change.at ? {} : { atSent: change.at }),
    ...(is.edit ? { edit: is.edit } : {}), ...(is.values ? { values: is.values } : {}), ...(is.clock ? { clock: { base: is.clock } } : {}), ...(is.effect ? { effect: effectOf(is.effect) } : {}),
  }
  state.log.push(canonical)
  const notes = (is.conflicts ?? []).map((note) => noteOf(note, canonical, state))
  const told = { ...(notes.length > 0 ? { conflict: notes[0] } : {}), ...(notes.length > 1 ? { conflicts: notes.slice(1) } : {}) }
  Object.assign(canonical, told)
  const merged = is.edit || is.values || is.effect || is.conflicts
  return { n: c.n, status: merged ? 'merged' : 'accepted', seq, at: adjusted, ...told }
}

/** Tasks are named by number; their ids must stand in order of their text [PL5]. */
function effectOf(effect) {
  const lists = Object.entries(effect).map(([name, value]) => [name, ['deleted', 'top', 'restored'].includes(name) ? value.map(task) : value])
  for (const [name, list] of lists)
    if (Array.isArray(list) && name !== 'edit' && String([...list].sort()) !== String(list)) throw new Error(`${name} is not in order`)
  return Object.fromEntries(lists)
}

function noteOf(is, canonical, state) {
  const made = is.made ?? canonical.seq
  const first = is.on ?? is.about ? task(is.on ?? is.about) : is.versions.map((v) => state.log[(v[0] ?? v) - 1]).find((c) => c.task)?.task
  if (!first) throw new Error('a conflict without its task')
  return {
    id: idOf({ made, ...is }, state), kind: is.kind, task: first, ...(is.field ? { field: is.field } : {}), open: is.open,
    versions: is.versions.map((v) => versionOf(is, v, state)), rule: is.rule, ...(is.merged === undefined ? {} : { merged: is.merged }),
    ...(is.resolvedBy ? { resolvedBy: resolutionOf(is.resolvedBy, state) } : {}),
  }
}

function versionOf(is, version, state) {
  const [seq, value] = Array.isArray(version) ? version : [version]
  const c = state.log[seq - 1]
  return {
    seq, op: c.op, value: value !== undefined ? value : is.kind === 'deleted-edited' ? editOf(c) : c.op === 'create' ? c.values[is.field] : c.value,
    user: c.user, replica: c.replica, at: c.at, ...(c.atSent ? { atSent: c.atSent } : {}),
  }
}

/** [CF3]: null for the delete, {field, value} with what an edit wrote. */
function editOf(c) {
  if (c.op === 'delete') return null
  if (c.op.endsWith('omment')) return { field: 'comment', value: c.body ?? c.comment }
  return c.attachment ? { field: 'attachment', value: c.attachment } : { field: c.field, value: c.value }
}

function resolutionOf(seq, state) {
  const c = state.log[seq - 1]
  const what = c.op === 'restore' || c.op === 'set' ? { value: false } : c.choice === undefined ? { value: c.value } : { choice: c.choice }
  return { seq, user: c.user, ...what, time: c.time }
}

/** [CF5]: RFC 9562, version 5, with the organization's id as namespace. */
function idOf({ made, kind, on, with: other }, state) {
  const name = [made, kind, on && task(on), other && ids.replicas[other]].filter(Boolean).join('/')
  const bytes = createHash('sha1').update(Buffer.from(state.organization.replaceAll('-', ''), 'hex')).update(name).digest().subarray(0, 16)
  bytes[6] = (bytes[6] & 0x0f) | 0x50
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
