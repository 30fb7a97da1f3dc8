/**
 * Keys for the order of a list: base-62 fractions of which there is always another one between two, compared byte by byte. A key never ends
 * in '0', since nothing fits between "a" and "a0".
 *
 * At the two ends keys count, so that a list which only grows there keeps short keys. How many 'z' (at the end) or '0' (at the beginning) a
 * key starts with says how wide its counter is: V … y, z00 … zyz, zz000 … zzyzz. In between keys halve the gap.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const RADIX = 62

// Wider counters are what the .NET twin cannot hold. No list gets there by counting, only a key that somebody made up.
const WIDEST_LEAD = 8

// The longest key that still leaves room to halve the gap a while.
const COMFORTABLE = 40

/**
 * A key between two; null stands for the open end. Where there is no room (equal keys, which two people can give offline; or the wrong way
 * round) it is a key right after `before`: ties go by task id until somebody moves one of them.
 */
export function orderKeyBetween(before: string | null, after: string | null): string {
  if (before === null || before === '') {
    if (after === null) return 'V'
    return hasRoom('', after) ? down(after) : 'V'
  }
  if (after === null) return up(before)
  return hasRoom(before, after) ? halve(before, after) : `${before}V`
}

/** True if a key has become so long that its list should be spread anew. */
export function needsRekey(key: string): boolean {
  return key.length > COMFORTABLE
}

/** Keys for a whole list, evenly spread, with room for a few more between any two before keys grow. */
export function spreadOrderKeys(count: number): readonly string[] {
  let width = 1
  while (RADIX ** width < (count + 1) * RADIX) width++
  const room = BigInt(RADIX) ** BigInt(width)
  return Array.from({ length: count }, (_, i) => trim(write((room * BigInt(i + 1)) / BigInt(count + 1), width)))
}

function hasRoom(before: string, after: string): boolean {
  return trim(before) < trim(after)
}

function up(key: string): string {
  const lead = leading(key, 'z')
  if (lead > WIDEST_LEAD) return `${key}V`
  const counter = counterOf(key, lead) + 1n
  // A counter that begins with 'z' would read as a wider one.
  if (counter >= power(lead) * BigInt(RADIX - 1)) return `${'z'.repeat(lead + 1)}1`
  return trim('z'.repeat(lead) + write(counter, lead + 1))
}

function down(key: string): string {
  const lead = leading(key, '0')
  if (lead > WIDEST_LEAD) return halve('', key)
  const counter = counterOf(key, lead) - 1n
  // A counter that begins with '0' would read as a wider one.
  return trim(counter < power(lead) ? '0'.repeat(lead + 1) + 'z'.repeat(lead + 2) : '0'.repeat(lead) + write(counter, lead + 1))
}

/** The counter of a key after its lead, as wide as the lead says; what follows it is no part of it. */
function counterOf(key: string, lead: number): bigint {
  let counter = 0n
  for (let i = lead; i <= 2 * lead; i++) counter = counter * BigInt(RADIX) + BigInt(digit(key.charAt(i)))
  return counter
}

function halve(before: string, after: string): string {
  let key = ''
  for (let i = 0; ; i++) {
    const [low, high] = [digit(before.charAt(i)), digit(after.charAt(i))]
    if (low === high) key += DIGITS.charAt(low)
    else if (high - low > 1) return key + DIGITS.charAt(Math.floor((low + high + 1) / 2))
    else return i + 1 < after.length ? key + DIGITS.charAt(high) : key + DIGITS.charAt(low) + above(before, i + 1)
  }
}

/** The tail of a key above the tail of `before` from `at` on, half way to the top. */
function above(before: string, at: number): string {
  let tail = ''
  for (let i = at; ; i++) {
    const low = digit(before.charAt(i))
    if (low < RADIX - 1) return tail + DIGITS.charAt(Math.floor((low + RADIX + 1) / 2))
    tail += DIGITS.charAt(low)
  }
}

/** Past the end of a key stand zeros. */
function digit(char: string): number {
  const value = char === '' ? 0 : DIGITS.indexOf(char)
  if (value < 0) throw new RangeError('a key has only digits and letters of ASCII')
  return value
}

function leading(key: string, char: string): number {
  let count = 0
  while (key.charAt(count) === char) count++
  return count
}

function power(exponent: number): bigint {
  return BigInt(RADIX) ** BigInt(exponent)
}

function trim(key: string): string {
  return key.replace(/0+$/, '')
}

function write(number: bigint, width: number): string {
  let digits = ''
  for (let i = 0; i < width; i++, number /= BigInt(RADIX)) digits = DIGITS.charAt(Number(number % BigInt(RADIX))) + digits
  return digits
}
