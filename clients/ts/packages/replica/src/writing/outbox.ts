import { composeEdits, tick } from '@taskgrid/kernel'
import type { Change, ChangeBody, EditText, Origin } from '@taskgrid/protocol'
import { sameClock, stampText } from '@taskgrid/protocol'
import type { OutboxText } from '../store/outbox-change.js'
import { anew, isText, OUTBOX } from '../store/outbox-change.js'
import type { ReplicaMark } from '../store/replica-mark.js'
import { seenBy } from '../store/replica-mark.js'
import type { ReplicaReading, ReplicaWriting } from '../store/replica-store.js'
import { taskOfBody } from '../views/replica-view.js'

/** Numbers and stamps a change and puts it at the end of the outbox, or composes it with the one before it. */
export function appendToOutbox(writing: ReplicaWriting, body: ChangeBody, now: number): Origin {
  const { mark } = writing
  const last = body.op === 'text' ? composable(writing, mark, body) : undefined
  if (last !== undefined && body.op === 'text') {
    compose(writing, last, body)
    return last.origin
  }
  const [clock, stamp] = tick(mark.clock, now + mark.clockOffset)
  const origin = { replica: mark.replica, n: mark.nextN }
  const change: Change = { n: origin.n, at: stampText(stamp), clock: seenBy(mark), ...body }
  const task = taskOfBody(writing, body)
  writing.putMark({ ...mark, clock, nextN: mark.nextN + 1 })
  writing.append({
    origin, change, raw: JSON.stringify(change), state: OUTBOX.unsent,
    ...(task === undefined ? {} : { task }), ...(body.op === 'text' ? { shown: body.edit } : {}),
  })
  return origin
}

/**
 * The newest change, if it edits the same text, was never in a request, and had seen the same: only then are the two one edit of one text
 * for everybody [TX8].
 */
function composable(reading: ReplicaReading, mark: ReplicaMark, text: EditText): OutboxText | undefined {
  const last = reading.find({ replica: mark.replica, n: mark.nextN - 1 })
  if (last?.state !== OUTBOX.unsent || !isText(last, text.task, text.field)) return undefined
  return sameClock(last.change.clock, seenBy(mark)) ? last : undefined
}

function compose(writing: ReplicaWriting, last: OutboxText, more: EditText): void {
  const change = { ...last.change, edit: composeEdits(last.change.edit, more.edit) }
  writing.replace(anew(last, last.origin, change, composeEdits(last.shown, more.edit)))
}
