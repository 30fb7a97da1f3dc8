// Makes text-log.json: npm ci && npm run text
// Whole logs of one text field by several authors, some of whom fork. The canonical edits are computed here as SPEC [TX5] says it,
// and every client's own rebasing is checked to arrive at the same texts.
import { writeFileSync } from 'node:fs'
import { type } from 'ot-text-unicode'
import { canonical, overForeign } from './canonical-edits.mjs'
import { seeded } from './random.mjs'
import { randomEdit, randomText } from './random-text.mjs'

const replicaId = (scenario, i) => `0199${String(scenario).padStart(4, '0')}-0000-7000-8000-${String(i).padStart(12, '0')}`

function scenario(number, random, authors, steps) {
  const start = randomText(random, random.below(20))
  const log = []
  const texts = [start]
  const clients = Array.from({ length: authors }, (_, i) => ({
    replica: replicaId(number, i), n: 0, base: 0, text: start, pending: [], outbox: [], replicas: {}, sent: 0,
  }))
  let replicas = authors
  const shown = (c) => c.pending.reduce((text, p) => type.apply(text, p.edit), c.text)
  const pull = (c) => {
    const to = c.base + random.below(log.length - c.base + 1)
    for (; c.base < to; c.base++) {
      const entry = log[c.base]
      if (c.pending[0]?.replica === entry.replica && c.pending[0]?.n === entry.n) c.pending.shift()
      else c.pending = overForeign(c.pending, entry.edit)
      c.text = type.apply(c.text, entry.edit)
    }
  }
  const edit = (c) => {
    const sent = randomEdit(random, shown(c), 2)
    const change = { replica: c.replica, n: ++c.n, clock: { base: c.base, replicas: { ...c.replicas } }, sent }
    c.outbox.push(change)
    c.pending.push({ replica: change.replica, n: change.n, edit: sent })
  }
  const push = (c) => {
    const change = c.outbox.shift()
    if (!change) return
    c.sent = change.n
    const entry = { seq: log.length + 1, ...change, edit: canonical(log, change, change.clock, change.sent) }
    log.push(entry)
    texts.push(type.apply(texts[texts.length - 1], entry.edit))
  }
  const fork = (c) => {
    // [PU9]: unsent changes are issued anew under a new replica, which has seen the old one up to what was sent.
    const old = c.replica
    if (c.sent === 0 || c.sent + c.outbox.length !== c.n) return
    c.replicas = { ...c.replicas, [old]: c.sent }
    c.replica = replicaId(number, replicas++)
    c.n = 0
    c.sent = 0
    for (const change of c.outbox) {
      const n = ++c.n
      for (const p of c.pending) if (p.replica === change.replica && p.n === change.n) Object.assign(p, { replica: c.replica, n })
      Object.assign(change, { replica: c.replica, n, clock: { base: change.clock.base, replicas: { ...change.clock.replicas, ...c.replicas } } })
    }
  }
  const serverEdit = () => {
    const edit = randomEdit(random, texts[texts.length - 1], 1)
    const seq = log.length + 1
    log.push({ seq, replica: null, n: null, clock: { base: seq - 1, replicas: {} }, sent: edit, edit })
    texts.push(type.apply(texts[texts.length - 1], edit))
  }
  for (let i = 0; i < steps; i++) {
    const c = random.pick(clients)
    const kind = random.below(12)
    if (kind < 5) edit(c)
    else if (kind < 8) pull(c)
    else if (kind < 11) push(c)
    else if (random.below(3) === 0) fork(c)
    else if (random.below(3) === 0) serverEdit()
  }
  for (const c of clients) while (c.outbox.length > 0) push(c)
  for (const c of clients) {
    while (c.base < log.length) pull(c)
    if (c.pending.length > 0 || c.text !== texts[texts.length - 1]) throw new Error(`scenario ${number} does not converge`)
  }
  return {
    name: `scenario ${number}: ${authors} authors, ${log.length} edits`, start,
    log: log.map((e, i) => ({ seq: e.seq, replica: e.replica, n: e.n, clock: { base: e.clock.base, ...e.clock.replicas }, sent: e.sent, edit: e.edit, text: texts[i + 1] })),
  }
}

const random = seeded(4)
const scenarios = []
for (let i = 0; i < 120; i++) scenarios.push(scenario(i, random, 2 + (i % 3), 20 + random.below(60)))
writeFileSync(new URL('../text-log.json', import.meta.url), '[\n' + scenarios.map((s) => JSON.stringify(s)).join(',\n') + '\n]\n')
