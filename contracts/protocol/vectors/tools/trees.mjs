// Makes trees.json: node tools/trees.mjs
// What comes of each change is written here by hand from SPEC, "Trees and deletes"; log.mjs only writes it out in full. Where two concurrent
// changes meet, both orders of arrival are here, and where the rule says so they end in the same tree.
import { at, by, comment, conflict, create, del, one, push, rejected, resolve, restore, save, set, several } from './log.mjs'

// 1 ── 2 ── 3, seen by all: seq 4, 5, 6.
const begin = push('ann', 1, by(3, create(1, { title: 'one' })), by(3, create(2, { title: 'two', parent: 1 })), by(3, create(3, { title: 'three', parent: 2 })))
const taken = { effect: { deleted: [2, 3] } }
const lost = { effect: { applied: false } }
const orphaned = (versions, more) => ({ effect: { parent: null }, ...conflict('orphaned', 'to-top', false, versions, { field: 'parent', ...more }) })
const toTop = (i, version) => conflict('orphaned', 'to-top', false, [version], { field: 'parent', on: i })
const unseen = (i, open, versions, more) => conflict('deleted-edited', 'stays-deleted', open, versions, { about: i, ...more })
const cycle = (versions, more) => ({ ...lost, ...conflict('cycle', 'first-move-stands', false, versions, { field: 'parent', ...more }) })

save('trees', 2, [
  one('TR1', 'delete and restore are one register: the later stamp stands', [
    push('ann', 1, by(3, create(1, { title: 'one' }))),
    push('ann', 10, by(4, del(1))),
    push('bob', 30, by(4, restore(1), {}, { at: at(20) }))]),
  one('TR1', 'the same in the other order: a delete that loses to a restore', [
    push('ann', 1, by(3, create(1, { title: 'one' }))),
    push('bob', 20, by(4, restore(1), lost)),
    push('ann', 30, by(4, del(1), lost, { at: at(10) }))]),
  one('TR1', 'a tombstone keeps its values and takes changes', [
    push('ann', 1, by(3, create(1, { title: 'one', status: 'todo' }))),
    push('ann', 10, by(4, del(1)), by(4, set(1, 'status', 'done')), by(4, comment(1, 1, 'gone'))),
    push('ann', 20, by(7, restore(1)))]),
  one('TR2', 'a delete of the deleted has no effect', [
    push('ann', 1, by(3, create(1, { title: 'one' }))),
    push('ann', 10, by(4, del(1))),
    push('bob', 20, by(4, del(1), lost)),
    push('eve', 30, by(6, del(1), lost))]),
  one('TR2', 'its stamp counts: a restore that had not seen it loses', [
    push('ann', 1, by(3, create(1, { title: 'one' }))),
    push('ann', 10, by(4, del(1))),
    push('bob', 40, by(4, del(1), lost)),
    push('ann', 41, by(5, restore(1), lost, { at: at(30) })),
    push('eve', 50, by(7, restore(1)))]),
  one('TR2', 'a delete of what was never seen', [
    push('ann', 10, by(3, del(9), lost)),
    push('ann', 20, by(4, create(9, { title: 'nine' })))]),

  one('TR3', 'a delete takes along what the deleter had seen there', [begin, push('bob', 10, by(6, del(1), taken))]),
  one('TR3', 'what was put there unseen goes to the top level, with what is under it', [
    begin,
    push('bob', 10, by(6, create(4, { title: 'four', parent: 1 })), by(6, create(5, { title: 'five', parent: 4 }))),
    push('ann', 20, by(6, del(1), { effect: { deleted: [2, 3], top: [4] }, ...toTop(4, 7) }))]),
  one('TR6', 'the same in the other order: a task created under a deleted one goes to the top level', [
    begin,
    push('ann', 10, by(6, del(1), taken)),
    push('bob', 20, by(6, create(4, { title: 'four', parent: 1 }), orphaned([8])), by(6, create(5, { title: 'five', parent: 4 })))]),
  one('TR3', 'what was put unseen under a subtask goes to the top level, the subtask along', [
    begin,
    push('bob', 10, by(6, create(4, { title: 'four', parent: 3 }))),
    push('ann', 20, by(6, del(1), { effect: { deleted: [2, 3], top: [4] }, ...toTop(4, 7) }))]),
  one('TR3', 'several go to the top level: a record on each, in order of the tasks', [
    begin,
    push('bob', 10, by(6, create(9, { title: 'nine', parent: 1 })), by(6, create(8, { title: 'eight', parent: 2 }))),
    push('ann', 20, by(6, del(1), { effect: { deleted: [2, 3], top: [8, 9] }, ...several(toTop(8, 8), toTop(9, 7)) }))]),
  one('TR3', 'an edit of a subtask that the delete had not seen: a record on the subtask', [
    begin,
    push('bob', 10, by(6, set(2, 'status', 'doing')), by(6, comment(3, 1, 'wait'))),
    push('ann', 20, by(6, del(1), { ...taken, ...several(unseen(2, true, [7, 9], { on: 2 }), unseen(3, true, [8, 9], { on: 3 })) }))]),
  one('TR3', 'the same in the other order', [
    begin,
    push('ann', 10, by(6, del(1), taken)),
    push('bob', 20, by(6, set(2, 'status', 'doing'), unseen(2, true, [7, 8])), by(6, comment(3, 1, 'wait'), unseen(3, true, [7, 9])))]),
  one('TR3', 'the ids that an effect names are in order of their text, not of the tree', [
    push('ann', 1, by(3, create(9, { title: 'nine' })), by(3, create(7, { title: 'seven', parent: 9 })), by(3, create(2, { title: 'two', parent: 7 })), by(3, create(8, { title: 'eight', parent: 9 }))),
    push('ann', 10, by(7, del(9), { effect: { deleted: [2, 7, 8] } })),
    push('ann', 20, by(8, restore(9), { effect: { restored: [2, 7, 8] } }))]),
  one('TR3', 'a subtask that is deleted already is not taken along again', [
    begin,
    push('ann', 10, by(6, del(2), { effect: { deleted: [3] } })),
    push('ann', 20, by(7, del(1))),
    push('ann', 30, by(8, restore(1))),
    push('ann', 40, by(9, restore(2), { effect: { restored: [3] } }))]),
  one('TR3', 'a cascade beyond one level, and only under the deleted', [
    begin,
    push('ann', 10, by(6, create(4, { title: 'four', parent: 3 })), by(6, create(5, { title: 'five' }))),
    push('bob', 20, by(8, del(2), { effect: { deleted: [3, 4] } }))]),

  one('TR4', 'a concurrent move out that arrives later brings the subtask back, with what went along under it', [
    begin,
    push('ann', 10, by(6, del(1), taken)),
    push('bob', 20, by(6, set(2, 'parent', null), { effect: { restored: [2, 3] } }))]),
  one('TR4', 'the move out arrives first', [
    begin,
    push('bob', 10, by(6, set(2, 'parent', null))),
    push('ann', 20, by(6, del(1)))]),
  one('TR4', 'a move out of the middle brings back only its own', [
    begin,
    push('ann', 10, by(6, create(4, { title: 'four' }))),
    push('ann', 20, by(7, del(1), taken)),
    push('bob', 30, by(7, set(3, 'parent', 4), { effect: { restored: [3] } }))]),
  one('TR4', 'a move out after the delete was seen brings nothing back', [
    begin,
    push('ann', 10, by(6, del(1), taken)),
    push('bob', 20, by(7, set(2, 'parent', null)))]),
  one('TR4', 'nor does an own move after an own delete, which it covers before it came back', [
    begin,
    push('ann', 10, by(6, del(1), taken), by(6, set(2, 'parent', null)))]),
  one('TR4', 'nor after a fork, where the clock has an entry for it', [
    begin,
    push('ann', 10, by(6, del(1), taken)),
    push('ann2', 20, by(6, set(2, 'parent', null), {}, { clock: { ann: 4 } }))]),
  one('TR4', 'a move that loses brings nothing back: it is an edit of a tombstone', [
    begin,
    push('eve', 30, by(6, set(2, 'parent', 1))),
    push('ann', 40, by(7, del(1), taken)),
    push('bob', 50, by(6, set(2, 'parent', null), { ...lost, ...several(conflict('register', 'later-stamp', false, [7, 9], { field: 'parent' }), unseen(2, true, [8, 9])) }, { at: at(20) }))]),
  one('CF9', 'a move that brings a task back answers whether it stays deleted', [
    begin,
    push('ann', 10, by(6, del(1), taken)),
    push('bob', 20, by(6, comment(2, 1, 'wait'), unseen(2, true, [7, 8])), by(6, set(2, 'parent', null), { effect: { restored: [2, 3] }, ...unseen(2, false, [7, 8], { made: 8, resolvedBy: 9 }) }))]),
  one('CF9', 'so does a restore of what it went along with', [
    begin,
    push('ann', 10, by(6, del(1), taken)),
    push('bob', 20, by(6, comment(3, 1, 'wait'), unseen(3, true, [7, 8]))),
    push('ann', 30, by(8, restore(1), { effect: { restored: [2, 3] }, ...unseen(3, false, [7, 8], { made: 8, resolvedBy: 9 }) }))]),
  one('CF10', 'to keep a subtask deleted that went along deletes it for itself: restoring its parent no longer brings it back', [
    begin,
    push('ann', 10, by(6, del(1), taken)),
    push('bob', 20, by(6, comment(2, 1, 'wait'), unseen(2, true, [7, 8]))),
    push('ann', 30, by(8, resolve(8, 'deleted-edited', { choice: 7 }), { ...lost, ...unseen(2, false, [7, 8], { made: 8, resolvedBy: 9 }) }), by(8, restore(1)))]),

  one('TR5', 'restore brings back what that delete took along', [
    begin,
    push('ann', 10, by(6, del(1), taken)),
    push('bob', 20, by(7, restore(1), { effect: { restored: [2, 3] } }))]),
  one('TR5', 'but not what another delete took, nor what was deleted for itself since', [
    begin,
    push('ann', 5, by(6, create(4, { title: 'four', parent: 1 }))),
    push('ann', 10, by(7, del(4))),
    push('ann', 20, by(8, del(1), taken)),
    push('bob', 30, by(8, del(3), lost)),
    push('ann', 40, by(10, restore(1), { effect: { restored: [2] } }))]),
  one('TR5', 'a subtask restored under a deleted parent comes back at the top level, with its own', [
    begin,
    push('ann', 10, by(6, del(1), taken)),
    push('bob', 20, by(7, restore(2), { effect: { parent: null, restored: [3] } })),
    push('ann', 30, by(8, restore(1)))]),
  one('TR5', 'a restore of what stands has no effect', [begin, push('bob', 10, by(6, restore(1), lost))]),

  one('TR6', 'a move to a parent that was deleted meanwhile goes to the top level', [
    begin,
    push('ann', 10, by(6, create(4, { title: 'four' })), by(6, create(5, { title: 'five', parent: 4 }))),
    push('ann', 20, by(8, del(1), taken)),
    push('bob', 30, by(8, set(5, 'parent', 1), orphaned([10])))]),
  one('TR6', 'the move under it arrives first', [
    begin,
    push('ann', 10, by(6, create(4, { title: 'four' })), by(6, create(5, { title: 'five', parent: 4 }))),
    push('bob', 20, by(8, set(5, 'parent', 1))),
    push('ann', 30, by(8, del(1), { effect: { deleted: [2, 3], top: [5] }, ...toTop(5, 9) }))]),

  one('TR7', 'of two moves that would make a loop the second has no effect', [
    push('ann', 1, by(3, create(1, { title: 'one' })), by(3, create(2, { title: 'two' }))),
    push('ann', 10, by(5, set(1, 'parent', 2))),
    push('bob', 20, by(5, set(2, 'parent', 1), cycle([7])))]),
  one('TR7', 'the first in the log stands, whichever that is', [
    push('ann', 1, by(3, create(1, { title: 'one' })), by(3, create(2, { title: 'two' }))),
    push('bob', 20, by(5, set(2, 'parent', 1))),
    push('ann', 30, by(5, set(1, 'parent', 2), cycle([7]), { at: at(10) }))]),
  one('TR7', 'a loop of three', [
    push('ann', 1, by(3, create(1, { title: 'one' })), by(3, create(2, { title: 'two' })), by(3, create(3, { title: 'three' }))),
    push('ann', 10, by(6, set(1, 'parent', 2))),
    push('bob', 20, by(6, set(2, 'parent', 3))),
    push('eve', 30, by(6, set(3, 'parent', 1), cycle([9])))]),
  one('TR7', 'what has no effect is no write: the next move goes by the one that stands', [
    push('ann', 1, by(3, create(1, { title: 'one' })), by(3, create(2, { title: 'two' })), by(3, create(3, { title: 'three' }))),
    push('ann', 10, by(6, set(1, 'parent', 2))),
    push('bob', 50, by(6, set(2, 'parent', 1), cycle([8]))),
    push('eve', 51, by(6, set(2, 'parent', 3), {}, { at: at(20) }))]),
  one('TR7', 'a task as its own parent is refused, a task under its own subtask is a loop', [
    begin,
    push('ann', 10, by(6, set(1, 'parent', 1), rejected('invalid')), by(6, create(4, { title: 'four', parent: 4 }), rejected('invalid')),
      by(6, set(1, 'parent', 3), cycle([7])))]),

  one('TR8', 'subtasks nest to any depth; a project is each task\'s own', [
    push('ann', 1, by(3, create(1, { title: 'one' })), ...[2, 3, 4, 5, 6, 7, 8, 9].map((i) => by(3, create(i, { title: `${i}`, parent: i - 1 })))),
    push('ann', 10, by(12, set(1, 'project', '0199ffff-0000-7000-8000-000000000001'))),
    push('ann', 20, by(13, del(1), { effect: { deleted: [2, 3, 4, 5, 6, 7, 8, 9] } }))]),
  one('OP3', 'a parent that does not exist', [
    begin,
    push('bob', 10, by(6, set(3, 'parent', 9), rejected('unknown')), by(6, create(4, { title: 'four', parent: 9 }), rejected('unknown')))]),
  one('PL4', 'other fields of a subtask are moved by nobody', [
    push('ann', 1, by(3, create(1, { title: 'one', status: 'todo' })), by(3, create(2, { title: 'two', status: 'doing', parent: 1 }))),
    push('ann', 10, by(5, del(1), { effect: { deleted: [2] } })),
    push('ann', 20, by(6, restore(1), { effect: { restored: [2] } }))]),
])
