/** "Without regard to case" [SE13]: each code point by Unicode's simple lower-case mapping, nothing normalised. */
export function lowerCase(text: string): string {
  let lower = ''
  for (const point of text) lower += point === '\u0130' ? point : point.toLowerCase()
  return lower
}
