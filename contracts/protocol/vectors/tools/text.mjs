// Makes text.json: npm ci && npm run text
// Every expectation is what ot-text-unicode answers; nothing here computes an edit itself.
import { writeFileSync } from 'node:fs'
import { type } from 'ot-text-unicode'
import { seeded } from './random.mjs'
import { randomEdit, randomText } from './random-text.mjs'

const copy = (edit) => JSON.parse(JSON.stringify(edit))
function vector(name, text, left, right, next) {
  const result = {
    name, text, left, right, next,
    applied: type.apply(text, left),
    rightOverLeft: type.transform(copy(right), copy(left), 'right'),
    leftOverRight: type.transform(copy(left), copy(right), 'left'),
    rightOverLeftAsLeft: type.transform(copy(right), copy(left), 'left'),
    merged: null,
    composed: type.compose(copy(left), copy(next)),
  }
  result.merged = type.apply(result.applied, result.rightOverLeft)
  if (type.apply(type.apply(text, right), result.leftOverRight) !== result.merged) throw new Error(`TP1: ${name}`)
  if (type.apply(text, result.composed) !== type.apply(result.applied, next)) throw new Error(`compose: ${name}`)
  return result
}

const vectors = [
  vector('both insert at one place', 'ab', [1, 'L'], [1, 'R'], []),
  vector('both insert at the start of an empty text', '', ['L'], ['R'], ['N']),
  vector('both delete the same', 'abc', [1, { d: 1 }], [1, { d: 1 }], []),
  vector('deletes that overlap', 'abcdef', [1, { d: 3 }], [2, { d: 3 }], [1, 'x']),
  vector('an insert within a delete survives', 'abcdef', [1, { d: 4 }], [3, 'x'], []),
  vector('an insert at the edge of a delete', 'abcdef', [1, { d: 2 }], [1, 'x'], []),
  vector('an insert at the other edge of a delete', 'abcdef', [1, { d: 2 }], [3, 'x'], []),
  vector('insert then delete against delete then insert', 'abc', ['x', { d: 1 }], [{ d: 1 }, 'y'], [{ d: 2 }]),
  vector('delete then insert against an insert', 'abc', [{ d: 1 }, 'x'], ['y'], ['z', 1, { d: 1 }]),
  vector('two inserts round a delete against an insert within', 'abcd', ['x', { d: 2 }, 'y'], [1, 'm'], [1, { d: 1 }, 'z']),
  vector('places count code points', '😀😀x', [1, { d: 1 }], [2, 'é'], [1, '👩‍👧']),
  vector('a delete cuts a joined emoji between code points', '👩‍👧', [1, { d: 1 }], [2, 'x'], [1, { d: 1 }]),
  vector('a combining mark is a code point of its own', 'e\u0301', [1, { d: 1 }], [2, '!'], ['n']),
  vector('what was inserted is deleted again', 'ab', [1, 'xyz'], [], [1, { d: 3 }]),
  vector('part of what was inserted is deleted again', 'ab', [1, 'x😀z'], [2, 'q'], [2, { d: 2 }]),
  vector('the empty edit', 'abc', [], [1, 'x'], []),
]
const random = seeded(2026)
for (let i = 0; i < 2500; i++) {
  const text = randomText(random, random.below(14))
  const left = randomEdit(random, text, 1 + (i % 4))
  vectors.push(vector(`random ${i}`, text, left, randomEdit(random, text, 1 + (i % 4)), randomEdit(random, type.apply(text, left))))
}
writeFileSync(new URL('../text.json', import.meta.url), '[\n' + vectors.map((v) => JSON.stringify(v)).join(',\n') + '\n]\n')
