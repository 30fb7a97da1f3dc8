// Says what ot-text-unicode makes of cases that a test asks for: one JSON line in, one JSON line out. npm ci && node answers.mjs
//   {"text", "left", "right", "next"}  two edits of one text, and an edit of the text after the left one
//   {"log": [{"seq", "replica", "n", "clock", "sent"}]}  authors' edits of one text, those without a replica made by the server
import { createInterface } from 'node:readline'
import { type } from 'ot-text-unicode'
import { canonical } from './canonical-edits.mjs'

const copy = (edit) => JSON.parse(JSON.stringify(edit))
const transform = (edit, other, side) => type.transform(copy(edit), copy(other), side)

function pair({ text, left, right, next }) {
  const applied = type.apply(text, left)
  return {
    applied,
    after: type.apply(applied, next),
    composed: type.compose(copy(left), copy(next)),
    leftOverRight: [transform(left, right, 'left'), transform(left, right, 'right')],
    rightOverLeft: [transform(right, left, 'left'), transform(right, left, 'right')],
  }
}

function whole(entries) {
  const log = []
  for (const { clock: { base, ...replicas }, ...entry } of entries) {
    const clock = { base, replicas }
    log.push({ ...entry, clock, edit: entry.replica === null ? entry.sent : canonical(log, entry, clock, entry.sent) })
  }
  return log.map((entry) => entry.edit)
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line)
  process.stdout.write(JSON.stringify(asked.log ? whole(asked.log) : pair(asked)) + '\n')
}
