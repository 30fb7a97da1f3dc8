import { readFileSync } from 'node:fs'

/** One example of contracts/protocol/vectors; its members are those of its file. */
export type Vector = Readonly<Record<string, unknown>> & { readonly name: string; readonly rule?: string }

/** The examples of a file. */
export function vectors<T extends object>(file: string): readonly (T & Vector)[] {
  return readVectors(file) as readonly (T & Vector)[]
}

/** A file that is more than a list. */
export function readVectors(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../contracts/protocol/vectors/${file}`, import.meta.url), 'utf8'))
}

/** The test's name, the rule it shows first. */
export function titleOf(vector: Vector, otherwise: string): string {
  return `[${vector.rule ?? otherwise}] ${vector.name}`
}
