import type { TaskLine } from '@taskgrid/protocol'
import { countCodePoints, firstCodePoints } from '../text/code-points.js'
import { lowerCase } from './case-folding.js'

/** Code points of a task's texts that count. */
const TEXT_LIMIT = 200_000

/** Code points of a word that count. */
const WORD_LIMIT = 64

// Each Chinese or Japanese character is a word of its own; anything else is a run of letters, marks and digits without these.
const ALONE = '\\u2E80-\\u9FFF\\uF900-\\uFAFF\\u{20000}-\\u{3FFFF}'
const WORDS = new RegExp(`(?=[\\p{L}\\p{M}\\p{N}])[${ALONE}]|(?:(?![${ALONE}])[\\p{L}\\p{M}\\p{N}])+`, 'gu')

/** The words of what somebody looks for, in lower case, each once [SE12]. */
export function wordsOf(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(WORDS), ([word]) => firstCodePoints(lowerCase(word), WORD_LIMIT)))
}

/** The words of a task's title, description and comments that are not deleted, each once; of all these the first 200,000 code points. */
export function wordsOfTask(task: TaskLine): ReadonlySet<string> {
  const texts = [task.title, task.description, ...task.comments.filter((comment) => comment.deleted !== true).map((comment) => comment.body)]
  const words = new Set<string>()
  let left = TEXT_LIMIT
  for (const text of texts) {
    const part = text.length <= left ? text : firstCodePoints(text, left)
    for (const word of wordsOf(part)) words.add(word)
    left -= countCodePoints(part)
  }
  return words
}
