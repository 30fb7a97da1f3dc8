import { digestTerm, digestText, followDigest } from '@taskgrid/kernel'
import type { DefinitionLine, MemberLine, SnapshotHead } from '@taskgrid/protocol'
import { isObject, readDefinitionLine, readMemberLine, readSnapshotHead, readTaskLine, UnknownForm } from '@taskgrid/protocol'
import type { LoadedTask, Reply, Snapshot } from '@taskgrid/replica'
import { answered } from '@taskgrid/replica'

const TELL_EVERY = 256

/** Reads a snapshot's lines as they come; nothing of it counts unless all of it came and its digest is right [SN1] [SN5]. */
export class SnapshotReader {
  private head: SnapshotHead | undefined
  private readonly definitions: DefinitionLine[] = []
  private readonly members: MemberLine[] = []
  private readonly tasks: LoadedTask[] = []
  private readonly progress: (done: number, total: number) => void
  private rest = ''

  constructor(progress: (done: number, total: number) => void) {
    this.progress = progress
  }

  /** Takes the next piece of the text. */
  take(text: string): void {
    const lines = (this.rest + text).split('\n')
    this.rest = lines.pop() ?? ''
    for (const line of lines) if (line !== '') this.takeLine(JSON.parse(line))
  }

  /** It ended. */
  end(): Reply<Snapshot> {
    if (this.rest !== '') this.takeLine(JSON.parse(this.rest))
    const { head, definitions, members, tasks } = this
    if (head?.count !== tasks.length) return { kind: 'unreachable', detail: 'the snapshot ended early' }
    const sum = tasks.reduce((digest, task) => followDigest(digest, 0n, task.term), 0n)
    if (digestText(sum) !== head.digest) return { kind: 'unreachable', detail: "the snapshot's digest is not that of its tasks" }
    this.progress(tasks.length, tasks.length)
    return answered({ head, definitions, members, tasks })
  }

  private takeLine(value: unknown): void {
    if (this.head === undefined) {
      this.head = readSnapshotHead(value)
      return
    }
    switch (isObject(value) ? value['kind'] : undefined) {
      case 'task': {
        const line = readTaskLine(value)
        this.tasks.push({ line, term: digestTerm(line) })
        if (this.tasks.length % TELL_EVERY === 0) this.progress(this.tasks.length, this.head.count)
        break
      }
      case 'member':
        this.members.push(readMemberLine(value))
        break
      case 'project':
      case 'label':
      case 'view':
        this.definitions.push(readDefinitionLine(value))
        break
      default:
        // [SN4]
        throw new UnknownForm('a line of a kind that this version does not know')
    }
  }
}
