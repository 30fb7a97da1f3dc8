import type { CausalClock } from '../changes/clock.js'
import { isClock } from '../changes/clock.js'
import { LIMITS } from '../changes/limits.js'
import type { StampText } from '../changes/stamp.js'
import { readStamp, readTime } from '../changes/stamp.js'
import type { Id } from '../ids.js'
import { isId } from '../ids.js'
import { tryCanonical } from '../json/canonical-json.js'
import { isClean, utf8Length } from '../json/clean-text.js'
import type { JsonValue } from '../json/json-value.js'
import { isObject } from '../json/json-value.js'
import type { TextEdit } from '../text/text-edit.js'
import { EMPTY_EDIT, editFault } from '../text/text-edit.js'

/**
 * Takes the members of a JSON object one by one and remembers the first fault, so that a reader is a list of members and not a ladder of
 * checks. Members that nobody took are a fault too: unknown ones are never ignored.
 */
export class MemberReader {
  private readonly rest = new Map<string, unknown>()
  private first: string | undefined

  constructor(value: unknown) {
    if (!isObject(value)) {
      this.fail('expected an object')
      return
    }
    for (const [name, member] of Object.entries(value)) {
      if (!isClean(name)) this.fail("a member's name has U+0000 or a lone surrogate")
      else if (member !== undefined) this.rest.set(name, member)
    }
  }

  /** The first fault so far. */
  get fault(): string | undefined {
    return this.first
  }

  fail(fault: string): void {
    this.first ??= fault
  }

  has(name: string): boolean {
    return this.rest.has(name)
  }

  /** A member, left where it is. */
  peek(name: string): unknown {
    return this.rest.get(name)
  }

  take(name: string): unknown {
    if (!this.rest.has(name)) this.fail(`'${name}' is missing`)
    return this.takeOptional(name)
  }

  takeOptional(name: string): unknown {
    const value = this.rest.get(name)
    this.rest.delete(name)
    return value
  }

  text(name: string, maxBytes: number, mayBeEmpty = false): string {
    const value = this.take(name)
    if (typeof value !== 'string') this.fail(`'${name}' must be a string`)
    else if (!isClean(value)) this.fail(`'${name}' has U+0000 or a lone surrogate`)
    else if (value === '' && !mayBeEmpty) this.fail(`'${name}' is empty`)
    else if (utf8Length(value) > maxBytes) this.fail(`'${name}' is longer than ${maxBytes} bytes`)
    else return value
    return ''
  }

  shortText(name: string): string {
    const text = this.text(name, LIMITS.shortText * 4)
    if (text.length > LIMITS.shortText) this.fail(`'${name}' is longer than ${LIMITS.shortText} characters`)
    return text
  }

  shortTexts(name: string): readonly string[] {
    const value = this.take(name)
    if (!Array.isArray(value)) {
      this.fail(`'${name}' must be an array of strings`)
      return []
    }
    const items = value as readonly unknown[]
    for (const item of items) {
      const fits = typeof item === 'string' && item.length >= 1 && item.length <= LIMITS.shortText && isClean(item)
      if (!fits) this.fail(`an item of '${name}' is no string of 1 to ${LIMITS.shortText} characters`)
    }
    return items as readonly string[]
  }

  id(name: string): Id {
    const value = this.take(name)
    if (isId(value)) return value
    this.fail(`'${name}' must be a UUID in lower-case text`)
    return ''
  }

  number(name: string, least: number): number {
    const value = this.take(name)
    if (Number.isSafeInteger(value) && (value as number) >= least) return value as number
    this.fail(`'${name}' must be a whole number from ${least} up`)
    return least
  }

  flag(name: string): boolean {
    const value = this.take(name)
    if (typeof value !== 'boolean') this.fail(`'${name}' must be true or false`)
    return value === true
  }

  oneOf<T extends string>(name: string, known: readonly [T, ...T[]]): T {
    const value = this.take(name)
    const found = known.find((word) => word === value)
    if (found === undefined) this.fail(`'${name}' is none of ${known.join(', ')}`)
    return found ?? known[0]
  }

  stamp(name: string): StampText {
    const value = this.take(name)
    if (readStamp(value) !== undefined) return value as StampText
    this.fail(`'${name}' must be a stamp like 2026-11-23T10:15:30.123Z/0004`)
    return ''
  }

  time(name: string): string {
    const value = this.take(name)
    if (readTime(value) !== undefined) return value as string
    this.fail(`'${name}' must be a time`)
    return ''
  }

  clock(name: string): CausalClock {
    const value = this.take(name)
    if (isClock(value)) return value
    this.fail(`'${name}' must be an object with 'base' and whole numbers`)
    return { base: 0 }
  }

  edit(name: string): TextEdit {
    const value = this.take(name)
    const fault = editFault(value)
    if (fault === undefined) return value as TextEdit
    this.fail(`'${name}': ${fault}`)
    return EMPTY_EDIT
  }

  json(name: string): JsonValue {
    const value = this.take(name)
    const reading = tryCanonical(value)
    if ('fault' in reading) this.fail(`'${name}': ${reading.fault}`)
    return value as JsonValue
  }

  takeRest(): readonly (readonly [string, JsonValue])[] {
    const all = [...this.rest] as [string, JsonValue][]
    this.rest.clear()
    return all
  }

  /** The first fault; what nobody took counts as one. */
  end(): string | undefined {
    const [left] = [...this.rest.keys()].sort()
    if (left !== undefined) this.fail(`'${left}' is not a member here`)
    return this.first
  }
}
