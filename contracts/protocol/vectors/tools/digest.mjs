// The digest of task lines [DG1].
import { createHash } from 'node:crypto'

// RFC 8785 as far as these lines need it: JSON.stringify writes numbers and strings as asked; names are sorted by UTF-16 units.
const canonical = (value) => Array.isArray(value) ? `[${value.map(canonical).join(',')}]`
  : value !== null && typeof value === 'object' ? `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}` : JSON.stringify(value)
export const term = (line) => createHash('sha256').update(canonical(line)).digest().readBigUInt64BE()
export const hex = (sum) => BigInt.asUintN(64, sum).toString(16).padStart(16, '0')
export const digest = (lines) => hex(lines.reduce((sum, line) => sum + term(line), 0n))
