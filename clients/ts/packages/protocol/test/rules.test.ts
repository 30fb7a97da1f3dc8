import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const packages = fileURLToPath(new URL('../../', import.meta.url))
const specification = readFileSync(new URL('../../../../../contracts/protocol/SPEC.md', import.meta.url), 'utf8')

test('tests name only rules of the specification', () => {
  const known = new Set(idsIn(specification, /\*\*\[([A-Z]{2}\d+)\]\*\*/g))
  const tests = readdirSync(packages, { recursive: true, encoding: 'utf8' }).filter((path) => /^[^/]+\/test\/.*\.test\.tsx?$/.test(path))
  const named = tests.flatMap((path) => idsIn(readFileSync(join(packages, path), 'utf8'), /['`]\[([A-Z]{2}\d+)\] /g).map((id) => `${path} ${id}`))
  expect(known.size).toBeGreaterThan(100)
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter((name) => !known.has(name.split(' ')[1] ?? ''))).toEqual([])
})

function idsIn(text: string, pattern: RegExp): readonly string[] {
  return Array.from(text.matchAll(pattern), ([, id]) => id ?? '')
}
