import { digestTerm } from '@taskgrid/kernel'
import type { CanonicalChange, ConflictNote, TaskLine } from '@taskgrid/protocol'
import type { OutboxChange, ReplicaMark, ReplicaStore } from '@taskgrid/replica'
import { freshMark, newId, OUTBOX, Replica } from '@taskgrid/replica'
import { describe, expect, test } from 'vitest'
import { vectors } from './vectors.js'

/** A kind of store. */
export interface StoreKind {
  open(mark: ReplicaMark): Promise<ReplicaStore>
  /** Closes it and opens it again, as a restarted program does; undefined where that keeps nothing. */
  readonly reopen?: (store: ReplicaStore) => Promise<ReplicaStore>
}

const [line] = vectors<{ lines: readonly TaskLine[] }>('digests.json').flatMap(({ lines }) => lines)

/** What every store must do. */
export function storeConformance(name: string, kind: StoreKind): void {
  const open = () => kind.open(freshMark(newId(), newId(), newId()))
  const task = (more: Partial<TaskLine> = {}): TaskLine => {
    if (line === undefined) throw new TypeError('no line')
    return { ...line, ...more }
  }

  describe(`${name}: a store`, () => {
    test('keeps what is written, and tells whoever listens', async () => {
      const store = await open()
      let told = 0
      const unsubscribe = store.subscribe(() => told++)
      const before = store.version()
      expect(await store.write((writing) => {
        writing.putTask(task())
        return 'done'
      })).toBe('done')
      expect(store.read((reading) => reading.task(task().id))).toEqual(task())
      expect(told).toBe(1)
      expect(store.version()).not.toBe(before)
      unsubscribe()
      await store.write((writing) => writing.putTask(task({ title: 'x' })))
      expect(told).toBe(1)
      await store.close()
    })

    test('takes all of a write back whose callback throws', async () => {
      const store = await open()
      await store.write((writing) => {
        writing.putTask(task())
        writing.putMember({ kind: 'member', member: task().createdBy, name: 'Ana', role: 'owner' })
        append(writing, 1)
      })
      const before = everything(store)
      await expect(store.write((writing) => {
        writing.putTask(task({ title: 'other' }))
        writing.clearConfirmed()
        writing.putTask(task({ title: 'another' }))
        for (const row of writing.pending()) writing.reject(row, 'invalid', undefined, 1)
        append(writing, 2)
        throw new TypeError('no')
      })).rejects.toThrow('no')
      expect(everything(store)).toEqual(before)
      await store.write((writing) => append(writing, 2))
      expect(store.read((reading) => reading.pending())).toHaveLength(2)
      await store.close()
    })

    test('[DG1] the digest follows each task, and a state that is loaded', async () => {
      const store = await open()
      const [one, two] = [task(), task({ id: newId(), title: 'two' })]
      await store.write((writing) => {
        writing.putTask(one)
        writing.putTask(two)
        writing.putTask(task({ title: 'one' }))
      })
      const sum = BigInt.asUintN(64, digestTerm(task({ title: 'one' })) + digestTerm(two))
      expect(store.read((reading) => reading.mark.digest)).toBe(sum)
      await store.write((writing) => writing.clearConfirmed())
      expect(store.read((reading) => [reading.mark.digest, reading.taskCount()])).toEqual([0n, 0])
      await store.write((writing) => writing.load([{ line: two, term: digestTerm(two) }]))
      expect(store.read((reading) => [reading.mark.digest, [...reading.tasks()]])).toEqual([digestTerm(two), [two]])
      await store.close()
    })

    test('[PU5] gives the outbox out in order, as much as a request carries', async () => {
      const store = await open()
      await store.write((writing) => {
        for (let n = 1; n <= 5; n++) append(writing, n)
      })
      const { replica } = store.read((reading) => reading.mark)
      const toSend = (count: number, bytes: number) => store.read((reading) => reading.toSend(replica, count, bytes).map(({ origin }) => origin.n))
      const size = store.read((reading) => reading.pending()[0]?.raw.length ?? 0) + 1
      expect(toSend(3, Infinity)).toEqual([1, 2, 3])
      expect(toSend(9, 2 * size)).toEqual([1, 2])
      expect(toSend(9, 1)).toEqual([1])
      await store.write((writing) => {
        for (const row of writing.from(replica, 2)) writing.replace({ ...row, state: row.origin.n === 2 ? OUTBOX.answered : OUTBOX.done, seq: 7 })
      })
      expect(toSend(9, Infinity)).toEqual([1])
      expect(store.read((reading) => [reading.unanswered(), reading.pending().map(({ origin }) => origin.n)])).toEqual([1, [1, 2]])
      expect(store.read((reading) => reading.find({ replica, n: 4 }))).toMatchObject({ state: OUTBOX.done, seq: 7 })
      await store.write((writing) => writing.prune(Date.parse('2030-01-01')))
      expect(store.read((reading) => reading.from(replica, 1).map(({ origin }) => origin.n))).toEqual([1, 2])
      await store.close()
    })

    test('[PU13] keeps refused changes until they are forgotten, each under an id of its own', async () => {
      let store = await open()
      const rejectLast = () => store.write((writing) => {
        const row = writing.pending().at(-1)
        if (row !== undefined) writing.reject(row, 'forbidden', 'no', 5)
      })
      await store.write((writing) => append(writing, 1))
      await rejectLast()
      store = await (kind.reopen?.(store) ?? store)
      await store.write((writing) => append(writing, 2))
      await rejectLast()
      const rejected = store.read((reading) => reading.rejected())
      expect(rejected).toMatchObject([{ code: 'forbidden', detail: 'no', origin: { n: 1 } }, { origin: { n: 2 } }])
      await store.write((writing) => {
        for (const change of writing.rejected().slice(0, 1)) writing.forget(change)
      })
      expect(store.read((reading) => reading.rejected())).toEqual(rejected.slice(1))
      await store.close()
    })

    test('finds a task\'s pending changes, and lists members, addresses, definitions and conflicts', async () => {
      const store = await open()
      const [ana, ben] = ['0199bbbb-0000-7000-8000-000000000001', '0199bbbb-0000-7000-8000-000000000002']
      await store.write((writing) => {
        append(writing, 1, task().id)
        append(writing, 2)
        writing.putMember({ kind: 'member', member: ben, name: 'Ben', role: 'member' })
        writing.putMember({ kind: 'member', member: ana, name: 'Ana', role: 'owner' })
        writing.putEmail(ana, 'ana@example.com')
        writing.putDefinition({ kind: 'label', id: ana, seq: 1, values: { name: 'Garden' } })
        writing.putConflict(conflict(ana, 3, false))
        writing.putConflict(conflict(ben, 4, true))
      })
      const read = () => store.read((reading) => ({
        pending: reading.pendingOf(task().id).map(({ origin }) => origin.n),
        members: reading.members().map(({ line, email }) => [line.name, email]),
        definitions: reading.definitions().map(({ values }) => values['name']),
        conflicts: [reading.conflicts(false).map(({ id }) => id), reading.conflicts(true).map(({ id }) => id)],
      }))
      expect(read()).toEqual({ pending: [1], members: [['Ana', 'ana@example.com'], ['Ben', undefined]], definitions: ['Garden'], conflicts: [[ben, ana], [ben]] })
      await store.write((writing) => {
        writing.removeMember(ben)
        writing.putConflict(conflict(ben, 4, false))
      })
      expect(read()).toMatchObject({ members: [['Ana', 'ana@example.com']], conflicts: [[ben, ana], []] })
      await store.close()
    })

    test('keeps what the log did to a task, once and in order, until the confirmed state goes', async () => {
      let store = await open()
      const kept = async () => (await store.journal(task().id)).map(({ prior, change }) => [prior, change.seq])
      await store.write((writing) => {
        for (const [prior, seq] of [[0, 4], [7, 9], [4, 7], [99, 9]] as const) writing.keep({ task: task().id, prior, change: deletion(task().id, seq) })
        writing.keep({ task: newId(), prior: 0, change: deletion(newId(), 5) })
      })
      await store.write((writing) => writing.keep({ task: task().id, prior: 99, change: deletion(task().id, 7) }))
      store = await (kind.reopen?.(store) ?? store)
      expect(await kept()).toEqual([[0, 4], [4, 7], [7, 9]])
      await store.write((writing) => {
        writing.keep({ task: task().id, prior: 9, change: deletion(task().id, 10) })
        writing.clearConfirmed()
        writing.keep({ task: task().id, prior: 10, change: deletion(task().id, 11) })
      })
      expect(await kept()).toEqual([[10, 11]])
      await expect(store.write((writing) => {
        writing.keep({ task: task().id, prior: 11, change: deletion(task().id, 12) })
        throw new TypeError('no')
      })).rejects.toThrow('no')
      await store.write(() => undefined)
      expect(await kept()).toEqual([[10, 11]])
      await store.close()
    })

    test('lets one lead at a time', async () => {
      const store = await open()
      const first = await store.lead(new AbortController().signal)
      const giveUp = new AbortController()
      const second = store.lead(giveUp.signal)
      giveUp.abort(new Error('enough'))
      await expect(second).rejects.toThrow('enough')
      const third = store.lead(new AbortController().signal)
      first.release()
      const lead = await third
      lead.release()
      await store.close()
    })

    test('many writes at once give each change a number of its own', async () => {
      const store = await open()
      const replica = new Replica(store)
      await Promise.all(Array.from({ length: 30 }, (_, i) => replica.write([{ op: 'create', task: newId(), values: { title: `task ${i}` } }])))
      expect(store.read((reading) => reading.pending().map(({ origin }) => origin.n))).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
      await store.close()
    })

    test('a write that is refused leaves nothing of the writes with it', async () => {
      const store = await open()
      const outcome = await new Replica(store).write([
        { op: 'create', task: newId(), values: { title: 'good' } }, { op: 'set', task: newId(), field: 'status', value: 'done' },
      ])
      expect(outcome).toMatchObject({ kind: 'refused', index: 1, code: 'unknown' })
      expect(store.read((reading) => [reading.pending().length, reading.mark.nextN])).toEqual([0, 1])
      await store.close()
    })

    if (kind.reopen !== undefined) {
      const { reopen } = kind
      test('has after a restart what it had before', async () => {
        let store = await open()
        await store.write((writing) => {
          writing.putTask(task())
          writing.putTask(task({ id: newId(), deleted: true, comments: [] }))
          append(writing, 1, task().id)
          append(writing, 2)
          writing.putMember({ kind: 'member', member: task().createdBy, name: 'Ana', role: 'owner' })
          writing.putEmail(task().createdBy, 'ana@example.com')
          writing.putConflict(conflict(newId(), 4, true))
          writing.putMark({ ...writing.mark, base: 9, history: 'h', former: { [newId()]: 3 } })
        })
        const before = everything(store)
        store = await reopen(store)
        expect(everything(store)).toEqual(before)
        await store.write((writing) => {
          const [comment] = task().comments
          if (comment !== undefined) writing.putTask(task({ seq: 5, deleted: true, comments: [{ ...comment, edited: true }, { ...comment, id: newId(), seq: 5 }] }))
          for (const row of writing.pending().slice(0, 1)) writing.replace({ ...row, state: OUTBOX.done, seq: 5 })
        })
        const then = everything(store)
        store = await reopen(store)
        expect(everything(store)).toEqual(then)
        await store.close()
      })
    }
  })
}

/** All that can be read, in an order of its own. */
export function everything(store: ReplicaStore): unknown {
  return store.read((reading) => ({
    mark: reading.mark,
    tasks: [...reading.tasks()].sort((left, right) => (left.id < right.id ? -1 : 1)),
    definitions: reading.definitions(),
    members: reading.members(),
    conflicts: reading.conflicts(false),
    outbox: reading.from(reading.mark.replica, 1),
    pending: reading.pending(),
    rejected: reading.rejected(),
  }))
}

function append(writing: Parameters<Parameters<ReplicaStore['write']>[0]>[0], n: number, task?: string): OutboxChange {
  const change = { n, at: '2026-11-23T10:15:30.123Z/0000', clock: { base: 0 }, op: 'void' } as const
  return writing.append({
    origin: { replica: writing.mark.replica, n }, change, raw: JSON.stringify(change), state: OUTBOX.unsent, ...(task === undefined ? {} : { task }),
  })
}

function deletion(task: string, seq: number): CanonicalChange {
  return {
    op: 'delete', task, seq, replica: task, n: seq, user: task, time: '2026-11-23T10:15:30.123Z', at: '2026-11-23T10:15:30.123Z/0000', clock: { base: 0 },
  }
}

function conflict(id: string, seq: number, open: boolean): ConflictNote {
  const version = { seq, op: 'set', value: 'a', user: id, replica: id, at: '2026-11-23T10:15:30.123Z/0000' }
  return { id, kind: 'register', task: id, field: 'status', open, versions: [version], rule: 'later-stamp' }
}
