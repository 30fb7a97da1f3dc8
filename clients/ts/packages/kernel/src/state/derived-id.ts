import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import type { Id } from '@taskgrid/protocol'

/** An id that follows from a text: a UUID of version 8 (RFC 9562). */
export function derivedId(text: string): Id {
  const bytes = sha256(utf8ToBytes(text)).slice(0, 16)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x80)
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
