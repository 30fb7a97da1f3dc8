// Random texts and edits that are rich in what goes wrong: surrogate pairs, joiners, combining marks.
const alphabet = ['a', 'b', 'c', ' ', '\n', 'é', 'é', '한', '漢', '😀', '🇨', '👩‍👧', '‍', '̈', '𝒳', '0']

export function randomText(random, length) {
  let text = ''
  for (let i = 0; i < length; i++) text += random.pick(alphabet)
  return text
}

export const codePoints = (text) => [...text].length

/** A random edit of a text, in normal form: `places` inserts or deletes, from none up. */
export function randomEdit(random, text, places = 3) {
  const length = codePoints(text)
  const edit = []
  let at = 0
  const push = (component) => {
    const last = edit[edit.length - 1]
    if (last !== undefined && typeof last === typeof component) {
      if (typeof component === 'object') last.d += component.d
      else edit[edit.length - 1] += component
    } else edit.push(component)
  }
  for (let i = random.below(places + 1); i > 0; i--) {
    const keep = random.below(length - at + 1)
    if (keep > 0) push(keep)
    at += keep
    const kind = random.below(3)
    if (kind !== 0) push(randomText(random, 1 + random.below(3)))
    if (kind !== 1 && at < length) {
      const deleted = 1 + random.below(Math.min(5, length - at))
      push({ d: deleted })
      at += deleted
    }
  }
  if (typeof edit[edit.length - 1] === 'number') edit.pop()
  return edit
}
