import type { CanonicalChange, TaskId } from '@taskgrid/protocol'
import { readCanonicalChange, UnknownForm } from '@taskgrid/protocol'
import type { ReplicaStore } from '../store/replica-store.js'
import type { Reply } from '../transport/reply.js'
import { answered } from '../transport/reply.js'
import type { Transport } from '../transport/transport.js'

/** Fetches what the server knows of a task's past, and keeps it, so that it can be told offline from then on. Answers how many changes there are. */
export async function fetchStory(store: ReplicaStore, transport: Transport, task: TaskId, signal: AbortSignal): Promise<Reply<number>> {
  const { organization } = store.read((reading) => reading.mark)
  const changes: CanonicalChange[] = []
  for (let after: string | undefined; ; ) {
    const reply = await transport.history(organization, task, after, signal)
    if (reply.kind !== 'answered') return reply
    try {
      changes.push(...reply.value.entries.map(readCanonicalChange))
    } catch (error) {
      if (!(error instanceof UnknownForm)) throw error
      return { kind: 'not-understood', detail: 'the history holds a change that this version does not know' }
    }
    after = reply.value.next
    if (after === undefined) break
  }
  await store.write((writing) => {
    // What lies above base comes with the log itself: kept now, it would be told before it is shown.
    const told = changes.filter(({ seq }) => seq <= writing.mark.base)
    for (const [i, change] of told.entries()) writing.keep({ task, prior: told[i - 1]?.seq ?? 0, change })
  })
  return answered(changes.length)
}
