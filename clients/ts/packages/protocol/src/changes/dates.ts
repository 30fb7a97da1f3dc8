const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const INSTANT = /^(\d{4}-\d{2}-\d{2})[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d+))?(?:[Zz]|([+-])(0\d|1[0-4]):([0-5]\d))$/

/** The first millisecond of `YYYY-MM-DD` in UTC; undefined for what is no day of the calendar. */
export function readDay(text: string): number | undefined {
  const [, year, month, day] = DAY.exec(text) ?? []
  if (year === undefined || month === undefined || day === undefined || year === '0000') return undefined
  const start = Date.parse(`${text}T00:00:00.000Z`)
  // Date.parse may take 31 February for a day in March.
  return Number.isNaN(start) || new Date(start).getUTCDate() !== Number(day) ? undefined : start
}

/** The millisecond of an RFC 3339 time with offset; undefined for anything else. */
export function readInstant(text: string): number | undefined {
  const [, day, hour, minute, second, fraction, sign, hours, minutes] = INSTANT.exec(text) ?? []
  if (day === undefined) return undefined
  const start = readDay(day)
  if (start === undefined) return undefined
  const offset = sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000)
  const within = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + Number((fraction ?? '').padEnd(3, '0').slice(0, 3))
  return start + within - offset
}
