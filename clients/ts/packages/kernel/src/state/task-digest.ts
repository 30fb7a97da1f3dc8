import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { JsonValue, TaskLine } from '@taskgrid/protocol'
import { canonical } from '@taskgrid/protocol'

/** The term of a task in the digest [DG1]: the first 8 bytes, big endian, of SHA-256 of its line's canonical form. */
export function digestTerm(line: TaskLine): bigint {
  const bytes = sha256(utf8ToBytes(canonical(line as unknown as JsonValue)))
  return new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0)
}

/** The sum once a task's term has changed; sums wrap around. */
export function followDigest(sum: bigint, before: bigint, after: bigint): bigint {
  return BigInt.asUintN(64, sum - before + after)
}

/** The sum as the wire shows it: 16 lower-case hex digits. */
export function digestText(sum: bigint): string {
  return sum.toString(16).padStart(16, '0')
}
