import type { FilterField } from './filter-field.js'
import { admits, asciiLower, filterFieldOf, hasOperator } from './filter-field.js'
import type { FilterToken, FilterTokenKind } from './filter-lexer.js'
import { filterTokens } from './filter-lexer.js'
import type { FilterNode, FilterOperator, FilterValue } from './filter-node.js'

const MAX_TERMS = 100
const MAX_VALUES = 100
const MAX_DEPTH = 32
const RESERVED = ['and', 'or', 'not', 'in', 'is', 'empty']
const END: FilterToken = { kind: 'end', text: '', position: 0, isGlued: false }

/** Unwinds the parser; its caller makes a value of it. */
export class FilterFault extends Error {
  override readonly name = 'FilterFault'
  readonly position: number

  constructor(position: number, detail: string) {
    super(detail)
    this.position = position
  }
}

/** Reads a filter by the grammar of SPEC part IV, one method a production. The first fault ends it. */
export class FilterParser {
  private readonly tokens: readonly FilterToken[]
  private at = 0
  private terms = 0
  private depth = 0

  constructor(filter: string) {
    this.tokens = filterTokens(filter)
  }

  /** The tree; undefined for a filter that asks for nothing. */
  parse(): FilterNode | undefined {
    if (this.peek().kind === 'end') return undefined
    const node = this.or()
    if (this.peek().kind !== 'end') throw this.fault("expected 'and', 'or' or the end")
    return node
  }

  private peek(): FilterToken {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] ?? END
  }

  private or(): FilterNode {
    return this.joined('or', () => this.and())
  }

  private and(): FilterNode {
    return this.joined('and', () => this.not())
  }

  private joined(kind: 'and' | 'or', part: () => FilterNode): FilterNode {
    const first = part()
    const nodes = [first]
    while (this.takeKeyword(kind)) nodes.push(part())
    return nodes.length === 1 ? first : { kind, nodes }
  }

  private not(): FilterNode {
    if (!this.isKeyword('not')) return this.primary()
    this.deepen()
    this.at++
    const node = this.not()
    this.depth--
    return { kind: 'not', node }
  }

  private primary(): FilterNode {
    if (this.peek().kind !== '(') return this.term()
    this.deepen()
    this.at++
    const node = this.or()
    this.expect(')', "expected ')'")
    this.depth--
    return node
  }

  private deepen(): void {
    if (++this.depth > MAX_DEPTH) throw this.fault(`nested deeper than ${MAX_DEPTH}`)
  }

  private term(): FilterNode {
    if (this.peek().kind !== 'word') throw this.fault('expected a field')
    if (++this.terms > MAX_TERMS) throw this.fault(`more than ${MAX_TERMS} terms`)
    if (this.takeKeyword('deleted')) return { kind: 'deleted' }
    const field = this.field()
    if (this.peek().kind === 'operator') return this.comparison(field)
    if (this.isKeyword('is')) return this.emptiness(field)
    if (this.isKeyword('in') || this.isKeyword('not')) return this.membership(field)
    throw this.fault('expected an operator')
  }

  private field(): FilterField {
    const start = this.peek()
    this.at++
    let name = start.text
    if (name.endsWith('.') && this.peek().kind === 'string' && this.peek().isGlued) {
      name += this.peek().text
      this.at++
    }
    const field = isReserved(start.text) ? undefined : filterFieldOf(name)
    if (field === undefined) throw new FilterFault(start.position, 'no such field')
    return field
  }

  private comparison(field: FilterField): FilterNode {
    const operator = this.peek().text as FilterOperator
    this.requireOperator(field, operator)
    this.at++
    return { kind: 'comparison', field, operator, value: this.value(field) }
  }

  private emptiness(field: FilterField): FilterNode {
    this.requireOperator(field, '=')
    this.at++
    const negated = this.takeKeyword('not')
    if (!this.takeKeyword('empty')) throw this.fault("expected 'empty'")
    return maybeNot(negated, { kind: 'empty', field })
  }

  private membership(field: FilterField): FilterNode {
    this.requireOperator(field, '=')
    const negated = this.takeKeyword('not')
    if (!this.takeKeyword('in')) throw this.fault("expected 'in'")
    this.expect('(', "expected '('")
    const values = [this.value(field)]
    while (this.peek().kind === ',') {
      this.at++
      if (values.length === MAX_VALUES) throw this.fault(`more than ${MAX_VALUES} values`)
      values.push(this.value(field))
    }
    this.expect(')', "expected ',' or ')'")
    return maybeNot(negated, { kind: 'in', field, values })
  }

  private value(field: FilterField): FilterValue {
    const { kind, text } = this.peek()
    if (!(kind === 'string' || (kind === 'word' && !isReserved(text)))) throw this.fault('expected a value')
    const value = { text, isWord: kind === 'word' }
    if (!admits(field, value)) throw this.fault(`'${field.name}' cannot hold this value`)
    this.at++
    return value
  }

  private requireOperator(field: FilterField, operator: FilterOperator): void {
    if (!hasOperator(field, operator)) throw this.fault(`'${field.name}' has no such operator`)
  }

  private isKeyword(keyword: string): boolean {
    return this.peek().kind === 'word' && asciiLower(this.peek().text) === keyword
  }

  private takeKeyword(keyword: string): boolean {
    const taken = this.isKeyword(keyword)
    if (taken) this.at++
    return taken
  }

  private expect(kind: FilterTokenKind, otherwise: string): void {
    if (this.peek().kind !== kind) throw this.fault(otherwise)
    this.at++
  }

  private fault(detail: string): FilterFault {
    return new FilterFault(this.peek().position, detail)
  }
}

function isReserved(word: string): boolean {
  return RESERVED.includes(asciiLower(word))
}

function maybeNot(negated: boolean, node: FilterNode): FilterNode {
  return negated ? { kind: 'not', node } : node
}
