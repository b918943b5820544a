import { InputError } from '../errors/input-error.js'

const relative = /^(\d{1,6}(?:\.\d{1,3})?)(ms|s|m|h|d|w)$/
const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const
const local = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?)?$/
const zoned = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/i

/**
 * A moment as people write it, in epoch milliseconds: `7d` (so long before `now`), `2026-01-01`, `2026-01-01T10:00`, or an ISO time with its zone. Dates without
 * a zone are in `timeZone`; one that its clocks skip is taken after the gap, one that they show twice is the earlier.
 * @throws InputError when it is none of these
 */
export function parseMoment(
  text: string,
  { now, timeZone = 'UTC', field = 'moment' }: { readonly now: number; readonly timeZone?: string; readonly field?: string },
): number {
  const word = text.trim()
  const [, amount, unit] = relative.exec(word) ?? []
  if (amount !== undefined && unit !== undefined) return now - Number(amount) * unitMs[unit as keyof typeof unitMs]
  if (zoned.test(word)) {
    const ms = Date.parse(word.replace(' ', 'T').toUpperCase())
    if (!Number.isNaN(ms)) return ms
  }
  const parts = local.exec(word)
  if (parts !== null) {
    const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
      .slice(1)
      .map((part) => (part === undefined ? 0 : Number(part)))
    const wall = Date.UTC(year, month - 1, day, hour, minute, second)
    const isReal = new Date(wall).getUTCDate() === day && month >= 1 && month <= 12 && hour < 24 && minute < 60 && second < 60
    if (isReal) return inZone(wall, timeZone)
  }
  throw new InputError(`${field} is ${JSON.stringify(text)}, which is no moment.`, {
    field,
    hint: 'Write it as 7d, 2026-01-01, 2026-01-01T10:00 or 2026-01-01T10:00:00Z.',
  })
}

/** The moment at which the clocks of a zone show `wall`, which is given as if it were UTC. */
function inZone(wall: number, timeZone: string): number {
  if (timeZone === 'UTC') return wall
  const dayMs = 86_400_000
  // The offsets of the day before and after are those on either side of a change.
  const [early, late] = [offsetAt(wall - dayMs, timeZone), offsetAt(wall + dayMs, timeZone)]
  const fits = [wall - early, wall - late].filter((moment) => moment + offsetAt(moment, timeZone) === wall)
  return fits.length > 0 ? Math.min(...fits) : wall - early
}

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]))
  const shown = Date.UTC(parts['year'] ?? 0, (parts['month'] ?? 1) - 1, parts['day'], parts['hour'], parts['minute'], parts['second'])
  return shown - Math.floor(moment / 1000) * 1000
}
