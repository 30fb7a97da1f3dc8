import type { TextEdit } from '@taskgrid/protocol'
import { countCodePoints } from './code-points.js'
import { editOf } from './text-edits.js'

/** Makes the first text the second by one replacement of what lies between their common start and end. Never cuts a code point in two. */
export function editBetween(before: string, after: string): TextEdit {
  const start = commonStart(before, after)
  const end = commonEnd(before.slice(start), after.slice(start))
  return editOf([
    countCodePoints(before.slice(0, start)),
    { d: countCodePoints(before.slice(start, before.length - end)) },
    after.slice(start, after.length - end),
  ])
}

function commonStart(before: string, after: string): number {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++
  const isCut = start > 0 && start < Math.max(before.length, after.length) && (before.charCodeAt(start - 1) & 0xfc00) === 0xd800
  return isCut ? start - 1 : start
}

function commonEnd(before: string, after: string): number {
  const most = Math.min(before.length, after.length)
  let end = 0
  while (end < most && before.charCodeAt(before.length - end - 1) === after.charCodeAt(after.length - end - 1)) end++
  return end > 0 && (before.charCodeAt(before.length - end) & 0xfc00) === 0xdc00 ? end - 1 : end
}
