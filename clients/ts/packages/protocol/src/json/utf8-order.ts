/** Orders strings by their UTF-8 bytes, which is by code points and not by UTF-16 units. */
export function compareUtf8(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) {
    const [a, b] = [left.charCodeAt(i), right.charCodeAt(i)]
    if (a !== b) return weight(a) - weight(b)
  }
  return left.length - right.length
}

/** A surrogate stands for a code point above every character of the basic plane. */
function weight(unit: number): number {
  return (unit & 0xf800) === 0xd800 ? unit + 0x10000 : unit
}
