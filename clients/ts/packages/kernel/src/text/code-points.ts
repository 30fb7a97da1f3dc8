/** How many code points the clean text has. */
export function countCodePoints(text: string): number {
  let count = text.length
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xdc00) count--
  return count
}

/** The text's first so many code points. */
export function firstCodePoints(text: string, count: number): string {
  let at = 0
  for (let left = count; left > 0 && at < text.length; left--) at += (text.charCodeAt(at) & 0xfc00) === 0xd800 ? 2 : 1
  return text.slice(0, at)
}
