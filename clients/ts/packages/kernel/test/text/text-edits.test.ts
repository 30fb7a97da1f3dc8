import { applyEdit, composeEdits, countCodePoints, editBetween, invertEdit, moveOverForeign, onlyInserts, sameEdit, transformEdit, tryApplyEdit, wordDifference, wordEditBetween } from '@taskgrid/kernel'
import type { TextEdit } from '@taskgrid/protocol'
import { describe, expect, test } from 'vitest'
import { seeded } from '../../../../testing/seeded.js'
import { vectors } from '../../../../testing/vectors.js'

interface TextVector {
  readonly text: string
  readonly left: TextEdit
  readonly right: TextEdit
  readonly next: TextEdit
  readonly applied: string
  readonly rightOverLeft: TextEdit
  readonly leftOverRight: TextEdit
  readonly rightOverLeftAsLeft: TextEdit
  readonly merged: string
  readonly composed: TextEdit
}

describe('text edits', () => {
  const all = vectors<TextVector>('text.json')

  test('[TX3] edits apply as in every vector', () => {
    expect(all.map(({ text, left }) => applyEdit(text, left))).toEqual(all.map(({ applied }) => applied))
  })

  test('[TX4] edits transform as in every vector', () => {
    expect(all.map(({ left, right }) => [transformEdit(right, left, 'right'), transformEdit(left, right, 'left'), transformEdit(right, left, 'left')]))
      .toEqual(all.map((vector) => [vector.rightOverLeft, vector.leftOverRight, vector.rightOverLeftAsLeft]))
  })

  test('[TX4] both ways round end in the same text', () => {
    for (const { text, left, right, merged } of all) {
      expect(applyEdit(applyEdit(text, left), transformEdit(right, left, 'right'))).toBe(merged)
      expect(applyEdit(applyEdit(text, right), transformEdit(left, right, 'left'))).toBe(merged)
    }
  })

  test('[TX8] edits compose as in every vector', () => {
    expect(all.map(({ left, next }) => composeEdits(left, next))).toEqual(all.map(({ composed }) => composed))
  })

  test('[TX2] an edit past the end does not apply', () => {
    expect(tryApplyEdit('😀', [2, 'x'])).toBeUndefined()
    expect(tryApplyEdit('😀', [1, 'x'])).toBe('😀x')
    expect(tryApplyEdit('ab', [{ d: 3 }])).toBeUndefined()
  })

  test('an edit never alters the edits that it is made of', () => {
    const [edit, other]: TextEdit[] = [[1, { d: 2 }], [{ d: 1 }, 'xy', { d: 3 }]]
    const before = JSON.stringify([edit, other])
    composeEdits(edit ?? [], other ?? [])
    transformEdit(edit ?? [], other ?? [], 'left')
    expect(JSON.stringify([edit, other])).toBe(before)
  })

  test('an undone edit leaves the text as it was', () => {
    for (const { text, left } of all) expect(applyEdit(applyEdit(text, left), invertEdit(left, text))).toBe(text)
  })

  test('the difference of two texts makes one the other, whole or word by word', () => {
    for (const { text, merged } of all) {
      expect(applyEdit(text, editBetween(text, merged))).toBe(merged)
      expect(applyEdit(text, wordEditBetween(text, merged))).toBe(merged)
    }
  })

  test('a difference never cuts a code point in two', () => {
    expect(editBetween('a😀', 'a😁')).toEqual([1, { d: 1 }, '😁'])
    expect(editBetween('😀', '𐀀')).toEqual([{ d: 1 }, '𐀀'])
  })

  test('word by word, what stays is kept', () => {
    expect(wordEditBetween('paint the fence', 'paint my blue fence')).toEqual([6, { d: 3 }, 'my blue'])
  })

  test('words that changed beside each other changed together, and what went stands before what came', () => {
    expect(wordDifference('paint the old fence', 'paint my new fence')).toEqual([
      { kind: 'keep', text: 'paint ' }, { kind: 'delete', text: 'the old' }, { kind: 'insert', text: 'my new' }, { kind: 'keep', text: ' fence' },
    ])
    expect(wordDifference('same', 'same')).toEqual([{ kind: 'keep', text: 'same' }])
    expect(wordDifference('', 'new')).toEqual([{ kind: 'insert', text: 'new' }])
  })

  test('what is left of an edit whose text is gone is what was typed', () => {
    expect(onlyInserts([5, 'a', { d: 2 }, 'b'], 6)).toEqual([5, 'a', 1, 'b'])
    expect(onlyInserts([5, 'a', { d: 2 }], 0)).toEqual(['a'])
  })

  test('[TX7] a random branch and random foreign edits meet in one text, and no insert is lost', () => {
    const random = seeded(7)
    for (let round = 0; round < 300; round++) {
      const text = random.text(12)
      const mine = [random.edit(text), []] as [TextEdit, TextEdit]
      mine[1] = random.edit(applyEdit(text, mine[0]))
      const foreign = random.edit(text)
      const moved = moveOverForeign(mine, foreign)
      const there = moved.pending.reduce(applyEdit, applyEdit(text, foreign))
      expect(applyEdit(mine.reduce<string>(applyEdit, text), moved.shown)).toBe(there)
      expect(countCodePoints(there)).toBeGreaterThanOrEqual(countCodePoints(inserts(foreign)))
      expect(sameEdit(foreign, [...foreign])).toBe(true)
    }
  })
})

function inserts(edit: TextEdit): string {
  return edit.filter((part) => typeof part === 'string').join('')
}
