/** True if the text has no U+0000 and no lone surrogate [ID7]. */
export function isClean(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/** How many bytes the clean text takes in UTF-8. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    // Each half of a surrogate pair counts two of its four bytes.
    bytes += unit < 0x800 || (unit & 0xf800) === 0xd800 ? 1 : 2
  }
  return bytes
}
