// Makes conflicts.json: node tools/conflicts.mjs
// What comes of each change is written here by hand from SPEC, "Conflicts"; log.mjs only writes it out in full.
import { add, at, attach, by, comment, conflict, create, del, editComment, one, push, rejected, remove, resolve, restore, save, set, several, text } from './log.mjs'
import { ids } from './ids.mjs'

const begin = (values = { title: 'abcdef' }) => push('ann', 1, by(3, create(1, values))) // seq 4
const register = (versions, more) => conflict('register', 'later-stamp', false, versions, { field: 'status', ...more })
const reassigned = (open, versions, more) => conflict('reassigned', 'later-stamp', open, versions, { field: 'assignee', ...more })
const overlap = (open, versions, merged, more) => conflict('text-overlap', 'transformed', open, versions, { field: 'title', merged, ...more })
const deleted = (open, versions, more) => conflict('deleted-edited', 'stays-deleted', open, versions, more)
const lost = { effect: { applied: false } }
const { ann, bob, eve } = ids.users

save('conflicts', 1, [
  one('CF1', 'concurrent writes of a register: the later stamp stands, both are kept, nobody is asked', [
    begin(),
    push('ann', 10, by(4, set(1, 'status', 'doing'))),
    push('bob', 20, by(4, set(1, 'status', 'done'), register([5, 6])))]),
  one('CF3', 'the loser is kept, whichever arrives first', [
    begin(),
    push('bob', 20, by(4, set(1, 'status', 'done'))),
    push('ann', 21, by(4, set(1, 'status', 'doing'), { ...lost, ...register([5, 6]) }, { at: at(10) }))]),
  one('CF1', 'equal stamps go by the replica id', [
    begin(),
    push('bob', 10, by(4, set(1, 'status', 'done'))),
    push('ann', 11, by(4, set(1, 'status', 'doing'), { ...lost, ...register([5, 6]) }, { at: at(10) }))]),
  one('CF3', 'a cleared register is a version too', [
    begin({ title: 'abcdef', status: 'todo' }),
    push('ann', 10, by(4, set(1, 'status', 'doing'))),
    push('bob', 20, by(4, set(1, 'status', null), register([5, 6])))]),
  one('CF7', 'the value that a task was created with is a version with op create', [
    begin({ title: 'abcdef', status: 'todo' }),
    push('bob', 20, by(3, set(1, 'status', 'done'), register([4, 5])))]),
  one('CF7', 'a version tells the stamp as sent where the server held or raised it', [
    begin(),
    push('ann', 10, by(4, set(1, 'status', 'doing'), { at: at(10) }, { at: at(3610) })),
    push('bob', 20, by(4, set(1, 'status', 'done'), register([5, 6])))]),
  one('CF3', 'a custom field: values of any JSON', [
    begin(),
    push('ann', 10, by(4, set(1, 'custom.size', { a: [1, null] }))),
    push('bob', 20, by(4, set(1, 'custom.size', 7), conflict('register', 'later-stamp', false, [5, 6], { field: 'custom.size' })))]),
  one('CF2', 'equal values are no conflict, however they are written', [
    begin(),
    push('ann', 10, by(4, set(1, 'custom.size', { a: 1, b: [2.5] }))),
    push('bob', 20, by(4, set(1, 'custom.size', { b: [25e-1], a: 1.0 })))]),
  one('CF2', 'order never is one, also where it loses', [
    begin(),
    push('ann', 20, by(4, set(1, 'order', 'V'))),
    push('bob', 30, by(4, set(1, 'order', 'W'))),
    push('eve', 40, by(4, set(1, 'order', 'G'), lost, { at: at(5) }))]),
  one('CL4', 'a write that covers the current one is no conflict', [
    begin(),
    push('ann', 10, by(4, set(1, 'status', 'doing'))),
    push('bob', 20, by(5, set(1, 'status', 'done'), { at: at(10, 1) }, { at: at(2) }))]),
  one('CL4', 'other fields are other registers', [
    begin(),
    push('ann', 10, by(4, set(1, 'status', 'doing'))),
    push('bob', 20, by(4, set(1, 'priority', 'high')))]),
  one('CF1', 'concurrent assignments ask a person', [
    begin(),
    push('ann', 10, by(4, set(1, 'assignee', ann))),
    push('bob', 20, by(4, set(1, 'assignee', bob), reassigned(true, [5, 6])))]),

  one('CF4', 'the next overlap of the same two joins within ten minutes, whoever is first', [
    begin(),
    push('ann', 10, by(4, set(1, 'status', 'a'))),
    push('bob', 20, by(4, set(1, 'status', 'b'), register([5, 6]))),
    push('bob', 600, by(6, set(1, 'status', 'c'))),
    push('ann', 610, by(6, set(1, 'status', 'd'), register([5, 6, 7, 8], { made: 6 })))]),
  one('CF4', 'the ten minutes begin anew with each overlap', [
    begin(),
    push('ann', 10, by(4, set(1, 'status', 'a'))),
    push('bob', 20, by(4, set(1, 'status', 'b'), register([5, 6]))),
    push('ann', 500, by(6, set(1, 'status', 'c'))),
    push('bob', 510, by(6, set(1, 'status', 'd'), register([5, 6, 7, 8], { made: 6 }))),
    push('ann', 1000, by(8, set(1, 'status', 'e'))),
    push('bob', 1010, by(8, set(1, 'status', 'f'), register([5, 6, 7, 8, 9, 10], { made: 6 })))]),
  one('CF4', 'after ten minutes without one it is a new record', [
    begin(),
    push('ann', 10, by(4, set(1, 'status', 'a'))),
    push('bob', 20, by(4, set(1, 'status', 'b'), register([5, 6]))),
    push('ann', 700, by(6, set(1, 'status', 'c'))),
    push('bob', 710, by(6, set(1, 'status', 'd'), register([7, 8])))]),
  one('CF4', 'another pair of replicas has a record of its own, also of the same people', [
    begin(),
    push('ann', 10, by(4, set(1, 'status', 'a'))),
    push('bob', 20, by(4, set(1, 'status', 'b'), register([5, 6]))),
    push('ann2', 30, by(5, set(1, 'status', 'c'), register([6, 7]))),
    push('eve', 40, by(7, set(1, 'status', 'd'))),
    push('bob', 50, by(7, set(1, 'status', 'e'), register([8, 9])))]),
  one('CF4', 'another field has a record of its own', [
    begin(),
    push('ann', 10, by(4, set(1, 'status', 'a')), by(4, set(1, 'priority', 'a'))),
    push('bob', 20, by(4, set(1, 'status', 'b'), register([5, 7])),
      by(4, set(1, 'priority', 'b'), conflict('register', 'later-stamp', false, [6, 8], { field: 'priority' })))]),
  one('CF4', 'a record that was resolved is not joined', [
    begin(),
    push('ann', 10, by(4, set(1, 'status', 'a'))),
    push('bob', 20, by(4, set(1, 'status', 'b'), register([5, 6]))),
    push('ann', 30, by(6, resolve(6, 'register', { choice: 5 }), { effect: { value: 'a' }, ...register([5, 6], { made: 6, resolvedBy: 7 }) })),
    push('ann', 40, by(7, set(1, 'status', 'c'))),
    push('bob', 50, by(7, set(1, 'status', 'd'), register([8, 9])))]),

  one('CF1', 'text: one inserted within what the other deleted', [
    begin(),
    push('ann', 10, by(4, text(1, 'title', [2, { d: 2 }]))),
    push('bob', 20, by(4, text(1, 'title', [3, 'X']), { edit: [2, 'X'], ...overlap(false, [[5, 'abef'], [6, 'abcXdef']], 'abXef') }))]),
  one('CF1', 'text: the delete arrives second', [
    begin(),
    push('bob', 10, by(4, text(1, 'title', [3, 'X']))),
    push('ann', 20, by(4, text(1, 'title', [2, { d: 2 }]), { edit: [2, { d: 1 }, 1, { d: 1 }], ...overlap(false, [[5, 'abcXdef'], [6, 'abef']], 'abXef') }))]),
  one('CF1', 'text: both deleted the same', [
    begin(),
    push('ann', 10, by(4, text(1, 'title', [2, { d: 2 }]))),
    push('bob', 20, by(4, text(1, 'title', [3, { d: 2 }]), { edit: [2, { d: 1 }], ...overlap(false, [[5, 'abef'], [6, 'abcf']], 'abf') }))]),
  one('CF1', 'text: more than half of the word that one wrote into was deleted by the other: a person is asked', [
    begin({ title: 'one abcdef' }),
    push('ann', 10, by(4, text(1, 'title', [4, { d: 4 }]))),
    push('bob', 20, by(4, text(1, 'title', [6, 'X']), { edit: [4, 'X'], ...overlap(true, [[5, 'one ef'], [6, 'one abXcdef']], 'one Xef') }))]),
  one('CF1', 'text: half of the word is not more than half', [
    begin({ title: 'one abcdef' }),
    push('ann', 10, by(4, text(1, 'title', [4, { d: 3 }]))),
    push('bob', 20, by(4, text(1, 'title', [6, 'X']), { edit: [4, 'X'], ...overlap(false, [[5, 'one def'], [6, 'one abXcdef']], 'one Xdef') }))]),
  one('CF1', 'text: inserts at one place, and edits that only touch, are no conflict', [
    begin(),
    push('ann', 10, by(4, text(1, 'title', [2, { d: 2 }])), by(4, text(1, 'title', ['1']))),
    push('bob', 20, by(4, text(1, 'title', ['2', 4, { d: 2 }]), { edit: [1, '2', 2, { d: 2 }] }))]),
  one('CF4', 'text: an edit that overlaps with those of several replicas makes a record with each', [
    begin({ title: 'abcdef ghijkl' }),
    push('ann', 10, by(4, text(1, 'title', [2, { d: 2 }]))),
    push('eve', 20, by(4, text(1, 'title', [9, { d: 2 }]), { edit: [7, { d: 2 }] })),
    push('bob', 30, by(4, text(1, 'title', [3, 'X', 7, 'Y']), { edit: [2, 'X', 5, 'Y'], ...several(
      overlap(false, [[5, 'abef ghijkl'], [7, 'abcXdef ghiYjkl']], 'abXef ghYkl'),
      overlap(false, [[6, 'abef ghkl'], [7, 'abXef ghiYjkl']], 'abXef ghYkl', { with: 'eve' })) }))]),
  one('CF3', 'text: a version is the whole text, what its side did elsewhere included', [
    begin({ title: 'abcdef ghi' }),
    push('ann', 10, by(4, text(1, 'title', [2, { d: 2 }, 6, '!']))),
    push('bob', 20, by(4, text(1, 'title', ['> ', 3, 'X']), { edit: ['> ', 2, 'X'], ...overlap(false, [[5, 'abef ghi!'], [6, '> abcXdef ghi']], '> abXef ghi!') }))]),
  one('CF4', 'text: the next overlap of the same two joins, and merged is the text of now', [
    begin(),
    push('ann', 10, by(4, text(1, 'title', [2, { d: 2 }]))),
    push('bob', 20, by(4, text(1, 'title', [3, 'X']), { edit: [2, 'X'], ...overlap(false, [[5, 'abef'], [6, 'abcXdef']], 'abXef') })),
    push('ann', 30, by(6, text(1, 'title', [{ d: 2 }]))),
    push('bob', 40, by(6, text(1, 'title', [1, 'Y']), { edit: ['Y'], ...overlap(false, [[5, 'abef'], [6, 'abcXdef'], [7, 'Xef'], [8, 'aYbXef']], 'YXef', { made: 6 }) }))]),

  one('CF1', 'an edit of a task that was deleted meanwhile is applied to the tombstone, and a person is asked', [
    begin(),
    push('ann', 10, by(4, del(1))),
    push('bob', 20, by(4, set(1, 'status', 'doing'), deleted(true, [5, 6])))]),
  one('CF1', 'a delete by one who had not seen an edit: the same, in the other order', [
    begin(),
    push('bob', 10, by(4, set(1, 'status', 'doing'))),
    push('ann', 20, by(4, del(1), deleted(true, [5, 6])))]),
  one('CF3', 'each kind of edit against a delete, with what it wrote; one record for all of them', [
    begin({ title: 'abcdef', labels: ['x'] }),
    push('ann', 10, by(4, del(1))),
    push('bob', 20,
      by(4, set(1, 'status', null), deleted(true, [5, 6])),
      by(4, add(1, 'labels', 'y'), deleted(true, [5, 6, 7], { made: 6 })),
      by(4, remove(1, 'labels', 'x'), deleted(true, [5, 6, 7, 8], { made: 6 })),
      by(4, comment(1, 1, 'wait'), deleted(true, [5, 6, 7, 8, 9], { made: 6 })),
      by(4, attach(1, 1), deleted(true, [5, 6, 7, 8, 9, 10], { made: 6 }))),
    push('eve', 30, by(4, text(1, 'title', [3, 'X']),
      deleted(true, [5, 6, 7, 8, 9, 10, [11, { field: 'title', value: 'X' }]], { made: 6 })))]),
  one('CF4', 'an edit that joins a closed record opens it again: whoever decided did not know of it', [
    begin(),
    push('ann', 10, by(4, del(1))),
    push('bob', 20, by(4, comment(1, 1, 'wait'), deleted(true, [5, 6]))),
    push('ann', 30, by(6, resolve(6, 'deleted-edited', { choice: 5 }), { ...lost, ...deleted(false, [5, 6], { made: 6, resolvedBy: 7 }) })),
    push('eve', 40, by(4, comment(1, 2, 'me too'), deleted(true, [5, 6, 8], { made: 6, resolvedBy: 7 })))]),
  one('CF4', 'of the edits of one replica that a delete had not seen the last is a version', [
    begin(),
    push('bob', 10, by(4, set(1, 'status', 'doing')), by(4, comment(1, 1, 'wait'))),
    push('eve', 20, by(4, add(1, 'labels', 'x'))),
    push('ann', 30, by(4, del(1), deleted(true, [6, 7, 8])))]),
  one('CF6', 'one change can make several: an edit of a tombstone that meets another one', [
    begin(),
    push('eve', 10, by(4, set(1, 'status', 'a'))),
    push('ann', 20, by(5, del(1))),
    push('bob', 30, by(4, set(1, 'status', 'b'), several(register([5, 7]), deleted(true, [6, 7]))))]),
  one('CF4', 'another delete has a record of its own', [
    begin(),
    push('ann', 10, by(4, del(1))),
    push('bob', 20, by(4, set(1, 'status', 'a'), deleted(true, [5, 6]))),
    push('ann', 30, by(6, restore(1), deleted(false, [5, 6], { made: 6, resolvedBy: 7 })), by(6, del(1))),
    push('bob', 40, by(6, set(1, 'status', 'b'), deleted(true, [8, 9])))]),
  one('CF1', 'an edit by one who had seen the delete is no conflict', [
    begin(),
    push('ann', 10, by(4, del(1))),
    push('bob', 20, by(5, comment(1, 1, 'good that this is gone')))]),
  one('CL4', 'an own edit after an own delete is no conflict, also before the delete came back', [
    begin(),
    push('ann', 10, by(4, del(1)), by(4, set(1, 'status', 'done')))]),
  one('CL2', 'after a fork the deletes of the replica before are seen up to its entry', [
    begin(),
    push('ann', 10, by(4, del(1))),
    push('ann2', 20, by(4, set(1, 'status', 'done'), {}, { clock: { ann: 2 } }))]),

  one('CF9', 'a choice writes and closes; the same again has no effect; another one flips', [
    begin(),
    push('ann', 10, by(4, set(1, 'assignee', ann))),
    push('bob', 20, by(4, set(1, 'assignee', bob), reassigned(true, [5, 6]))),
    push('eve', 30, by(6, resolve(6, 'reassigned', { choice: 5 }), { effect: { value: ann }, ...reassigned(false, [5, 6], { made: 6, resolvedBy: 7 }) })),
    push('bob', 40, by(7, resolve(6, 'reassigned', { choice: 5 }), { ...lost, ...reassigned(false, [5, 6], { made: 6, resolvedBy: 8 }) })),
    push('bob', 50, by(8, resolve(6, 'reassigned', { choice: 6 }), { effect: { value: bob }, ...reassigned(false, [5, 6], { made: 6, resolvedBy: 9 }) }))]),
  one('CF8', 'any other value', [
    begin(),
    push('ann', 10, by(4, set(1, 'assignee', ann))),
    push('bob', 20, by(4, set(1, 'assignee', bob), reassigned(true, [5, 6]))),
    push('ann', 30, by(6, resolve(6, 'reassigned', { value: eve }), { effect: { value: eve }, ...reassigned(false, [5, 6], { made: 6, resolvedBy: 7 }) })),
    push('ann', 40, by(7, resolve(6, 'reassigned', { value: null }), { effect: { value: null }, ...reassigned(false, [5, 6], { made: 6, resolvedBy: 8 }) }))]),
  one('CF9', 'two decide at once: the last writer wins, in either order of arrival', [
    begin(),
    push('ann', 10, by(4, set(1, 'status', 'a'))),
    push('bob', 20, by(4, set(1, 'status', 'b'), register([5, 6]))),
    push('eve', 40, by(6, resolve(6, 'register', { choice: 5 }), { effect: { value: 'a' }, ...register([5, 6], { made: 6, resolvedBy: 7 }) })),
    push('bob', 41, by(6, resolve(6, 'register', { value: 'c' }),
      { ...lost, ...several(register([5, 6], { made: 6, resolvedBy: 7 }), register([[7, 'a'], [8, 'c']], { about: 1 })) }, { at: at(30) }))]),
  one('CF7', 'what a decision wrote is a version with op resolve', [
    begin(),
    push('ann', 10, by(4, set(1, 'status', 'a'))),
    push('bob', 20, by(4, set(1, 'status', 'b'), register([5, 6]))),
    push('ann', 30, by(6, resolve(6, 'register', { choice: 5 }), { effect: { value: 'a' }, ...register([5, 6], { made: 6, resolvedBy: 7 }) })),
    push('eve', 40, by(6, set(1, 'status', 'c'), register([[7, 'a'], 8], { about: 1 })))]),
  one('CF9', 'what is no version, and a value that the field cannot hold, are refused', [
    begin(),
    push('ann', 10, by(4, set(1, 'assignee', ann))),
    push('bob', 20, by(4, set(1, 'assignee', bob), reassigned(true, [5, 6]))),
    push('eve', 30, by(6, resolve(6, 'reassigned', { choice: 4 }), rejected('invalid')), by(6, resolve(6, 'reassigned', { value: 7 }), rejected('invalid')),
      by(6, resolve(5, 'reassigned', { choice: 5 }), rejected('unknown')), by(6, resolve(6, 'reassigned', {}), rejected('invalid')))]),
  one('CF10', 'a text is replaced by an edit on the text before it in the log', [
    begin(),
    push('ann', 10, by(4, text(1, 'title', [2, { d: 2 }]))),
    push('bob', 20, by(4, text(1, 'title', [3, 'X']), { edit: [2, 'X'], ...overlap(false, [[5, 'abef'], [6, 'abcXdef']], 'abXef') })),
    push('ann', 30, by(6, resolve(6, 'text-overlap', { choice: 5 }), { effect: { edit: [2, { d: 1 }] }, ...overlap(false, [[5, 'abef'], [6, 'abcXdef']], 'abXef', { made: 6, resolvedBy: 7 }) })),
    push('bob', 40, by(7, resolve(6, 'text-overlap', { choice: 5 }), { ...lost, ...overlap(false, [[5, 'abef'], [6, 'abcXdef']], 'abXef', { made: 6, resolvedBy: 8 }) })),
    push('bob', 50, by(8, resolve(6, 'text-overlap', { value: 'abef.' }), { effect: { edit: [4, '.'] }, ...overlap(false, [[5, 'abef'], [6, 'abcXdef']], 'abXef', { made: 6, resolvedBy: 9 }) })),
    push('eve', 60, by(9, resolve(6, 'text-overlap', { value: null }), rejected('invalid')))]),
  one('TX9', 'what others wrote meanwhile stays', [
    begin(),
    push('ann', 10, by(4, text(1, 'title', [2, { d: 2 }]))),
    push('bob', 20, by(4, text(1, 'title', [3, 'X']), { edit: [2, 'X'], ...overlap(false, [[5, 'abef'], [6, 'abcXdef']], 'abXef') })),
    push('eve', 30, by(6, text(1, 'title', [5, '!']))),
    push('ann', 40, by(6, resolve(6, 'text-overlap', { choice: 5 }), { effect: { edit: [2, { d: 1 }] }, ...overlap(false, [[5, 'abef'], [6, 'abcXdef']], 'abXef', { made: 6, resolvedBy: 8 }) }))]),
  one('TX9', 'of two decisions at once the later in the log stands', [
    begin(),
    push('ann', 10, by(4, text(1, 'title', [2, { d: 2 }]))),
    push('bob', 20, by(4, text(1, 'title', [3, 'X']), { edit: [2, 'X'], ...overlap(false, [[5, 'abef'], [6, 'abcXdef']], 'abXef') })),
    push('ann', 40, by(6, resolve(6, 'text-overlap', { choice: 5 }), { effect: { edit: [2, { d: 1 }] }, ...overlap(false, [[5, 'abef'], [6, 'abcXdef']], 'abXef', { made: 6, resolvedBy: 7 }) })),
    push('bob', 41, by(6, resolve(6, 'text-overlap', { choice: 6 }), { effect: { edit: [2, 'cXd'] }, ...overlap(false, [[5, 'abef'], [6, 'abcXdef']], 'abXef', { made: 6, resolvedBy: 8 }) }, { at: at(30) }))]),
  one('TX9', 'a replaced text is foreign to the one who resolved, too', [
    begin(),
    push('ann', 10, by(4, text(1, 'title', [2, { d: 2 }]))),
    push('bob', 20, by(4, text(1, 'title', [3, 'X']), { edit: [2, 'X'], ...overlap(false, [[5, 'abef'], [6, 'abcXdef']], 'abXef') })),
    push('ann', 30,
      by(6, resolve(6, 'text-overlap', { choice: 5 }), { effect: { edit: [2, { d: 1 }] }, ...overlap(false, [[5, 'abef'], [6, 'abcXdef']], 'abXef', { made: 6, resolvedBy: 7 }) }),
      by(6, text(1, 'title', [5, '!']), { edit: [4, '!'] }))]),
  one('CF10', 'an edit\'s version restores, the delete\'s version deletes again', [
    begin(),
    push('ann', 10, by(4, del(1))),
    push('bob', 20, by(4, set(1, 'status', 'doing'), deleted(true, [5, 6]))),
    push('bob', 30, by(6, resolve(6, 'deleted-edited', { choice: 6 }), { effect: { restored: [1] }, ...deleted(false, [5, 6], { made: 6, resolvedBy: 7 }) })),
    push('bob', 40, by(7, resolve(6, 'deleted-edited', { choice: 6 }), { ...lost, ...deleted(false, [5, 6], { made: 6, resolvedBy: 8 }) })),
    push('ann', 50, by(8, resolve(6, 'deleted-edited', { choice: 5 }), { effect: { deleted: [1] }, ...deleted(false, [5, 6], { made: 6, resolvedBy: 9 }) }))]),
  one('CF10', 'as a value true keeps deleted and false restores', [
    begin(),
    push('ann', 10, by(4, del(1))),
    push('bob', 20, by(4, comment(1, 1, 'wait'), deleted(true, [5, 6]))),
    push('ann', 30, by(6, resolve(6, 'deleted-edited', { value: true }), { ...lost, ...deleted(false, [5, 6], { made: 6, resolvedBy: 7 }) })),
    push('bob', 40, by(7, resolve(6, 'deleted-edited', { value: false }), { effect: { restored: [1] }, ...deleted(false, [5, 6], { made: 6, resolvedBy: 8 }) })),
    push('bob', 50, by(8, resolve(6, 'deleted-edited', { value: 'no' }), rejected('invalid')))]),
  one('CF9', 'a plain restore answers the question as well', [
    begin(),
    push('ann', 10, by(4, del(1))),
    push('bob', 20, by(4, comment(1, 1, 'wait'), deleted(true, [5, 6])), by(5, restore(1), deleted(false, [5, 6], { made: 6, resolvedBy: 7 })))]),
  one('CF5', 'the id follows from the organization, the seq of the change that made it, and the kind', [
    begin(),
    push('ann', 10, by(4, set(1, 'status', 'a')), by(4, set(1, 'assignee', ann))),
    push('bob', 20, by(4, set(1, 'status', 'b'), register([5, 7])), by(4, set(1, 'assignee', bob), reassigned(true, [6, 8])))]),
  one('CF6', 'the latest state of a record carries all of it: made, joined, closed, flipped', [
    begin(),
    push('ann', 10, by(4, del(1))),
    push('bob', 20, by(4, comment(1, 1, 'wait'), deleted(true, [5, 6]))),
    push('eve', 30, by(4, comment(1, 2, 'me too'), deleted(true, [5, 6, 7], { made: 6 }))),
    push('ann', 40, by(7, resolve(6, 'deleted-edited', { choice: 7 }), { effect: { restored: [1] }, ...deleted(false, [5, 6, 7], { made: 6, resolvedBy: 8 }) })),
    push('ann', 50, by(8, resolve(6, 'deleted-edited', { choice: 5 }), { effect: { deleted: [1] }, ...deleted(false, [5, 6, 7], { made: 6, resolvedBy: 9 }) }))]),
  one('CF10', 'one who moved a task under a deleted one may put it elsewhere by deciding the conflict', [
    push('ann', 1, by(3, create(1, { title: 'a' })), by(3, create(2, { title: 'b' })), by(3, create(3, { title: 'c' }))),
    push('ann', 10, by(6, del(1))),
    push('bob', 20, by(6, set(2, 'parent', 1), { effect: { parent: null }, ...conflict('orphaned', 'to-top', false, [8], { field: 'parent' }) })),
    push('bob', 30, by(8, resolve(8, 'orphaned', { value: ids.task(3) }), { effect: { value: ids.task(3) }, ...conflict('orphaned', 'to-top', false, [8], { made: 8, field: 'parent', resolvedBy: 9 }) })),
    push('eve', 40, by(9, resolve(8, 'orphaned', { value: null }), { effect: { value: null }, ...conflict('orphaned', 'to-top', false, [8], { made: 8, field: 'parent', resolvedBy: 10 }) }))]),
  one('OP9', 'edits of one comment, both by right: the later stamp stands, and no conflict is made of it', [
    begin(),
    push('ann', 10, by(4, comment(1, 1, 'a'))),
    push('ann', 20, by(5, editComment(1, 1, 'b'))),
    push('ann2', 30, by(5, editComment(1, 1, 'c')))]),
])
