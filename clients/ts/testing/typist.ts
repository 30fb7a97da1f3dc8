import type { TextEdit } from '@taskgrid/protocol'
import { editOf } from '@taskgrid/kernel'
import type { Seeded } from './seeded.js'

/** Types words that can be looked for afterwards: they are neither cut nor deleted. */
export class Typist {
  /** Every word that was typed into a text. */
  readonly typed: string[] = []
  private readonly random: Seeded
  private count = 0

  constructor(random: Seeded) {
    this.random = random
  }

  /** A word that nobody had before. */
  word(prefix: string): string {
    return `${prefix}${++this.count}`
  }

  /** An edit of a text: a word put in, or a code point between words taken out. */
  edit(text: string): TextEdit {
    const points = Array.from(text)
    const open = [0]
    let depth = 0
    for (const [i, point] of points.entries()) {
      depth += Number(point === '<') - Number(point === '>')
      if (depth === 0) open.push(i + 1)
    }
    const at = this.random.pick(open)
    const next = points[at]
    if (this.random.below(4) === 0 && next !== undefined && next !== '<') return editOf([at, { d: 1 }])
    const inserted = `<${this.word('')}🙂>`
    this.typed.push(inserted)
    return editOf([at, inserted])
  }
}
