import { readDay, readInstant } from '@taskgrid/protocol'
import type { FilterValue } from './filter-node.js'

const DAY = 86_400_000
const TODAY = /^today(?:([+-])([0-9]{1,4})([dw]))?$/
const FIRST_DAY = Date.parse('0001-01-01T00:00:00.000Z')
const LAST_DAY = Date.parse('9999-12-31T00:00:00.000Z')

/** A date in a filter [SE8]: a day, an instant, or a day counted from today. */
export type FilterDate = { readonly day: number } | { readonly instant: number } | { readonly fromToday: number }

/** Reads a date; undefined for what is none. */
export function readFilterDate(value: FilterValue): FilterDate | undefined {
  const day = readDay(value.text)
  if (day !== undefined) return { day }
  const instant = readInstant(value.text)
  if (instant !== undefined) return { instant }
  const today = value.isWord ? TODAY.exec(value.text) : null
  if (today === null) return undefined
  const [, sign, count, unit] = today
  return { fromToday: count === undefined ? 0 : Number(count) * (unit === 'w' ? 7 : 1) * (sign === '-' ? -1 : 1) }
}

/** The time that it stands for, from the first millisecond to before the second; beyond the calendar it ends with it. */
export function spanOf(date: FilterDate, today: string): readonly [number, number] {
  if ('instant' in date) return [date.instant, date.instant + 1]
  const start = 'day' in date ? date.day : (readDay(today) ?? 0) + date.fromToday * DAY
  const within = Math.min(Math.max(start, FIRST_DAY), LAST_DAY)
  return [within, within + DAY]
}

/** The first millisecond of a stored date: a day counts as 00:00 UTC. Undefined if it is no date. */
export function instantOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : (readDay(date) ?? readInstant(date))
}
