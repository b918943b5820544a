import { InputError } from './errors/input-error.js'

const dayMs = 86_400_000
const quarterMs = 900_000
const remembered = 4096

/** Local time of one IANA zone. */
export interface TimeZone {
  /** The day a moment falls on, as `2026-01-31`. */
  readonly dayOf: (ms: number) => string
  /** How far the zone's clock is ahead of UTC at a moment, milliseconds. */
  readonly offsetAt: (ms: number) => number
  /**
   * The moment of a local time, given as if it were UTC. A time that comes twice is its first; one that a clock change leaves out is as much later as
   * the clock was moved, so midnight is always the first moment of its day.
   */
  readonly momentOf: (localMs: number) => number
}

/**
 * Opens a zone by its IANA name, as `Asia/Shanghai`, or `UTC`.
 * @throws InputError for a name that Intl does not know
 */
export function openTimeZone(name: string): TimeZone {
  const offsetOf = name === 'UTC' ? () => 0 : rememberedByQuarter(offsetReader(name))
  return {
    dayOf: (ms) => new Date(ms + offsetOf(ms)).toISOString().slice(0, 10),
    offsetAt: offsetOf,
    momentOf(localMs) {
      // The moment lies within a day of `localMs`; no zone changes its clock twice in that time.
      const [before, after] = [localMs - offsetOf(localMs - dayMs), localMs - offsetOf(localMs + dayMs)]
      const real = [before, after].filter((moment) => moment + offsetOf(moment) === localMs)
      return real.length === 0 ? before : Math.min(...real)
    },
  }
}

function offsetReader(name: string): (ms: number) => number {
  const format = formatOf(name)
  return (ms) => {
    const parts = format.formatToParts(ms)
    const of = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((part) => part.type === type)?.value)
    const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
    return local - Math.floor(ms / 1000) * 1000
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const digits = 'numeric'
  const fields = { year: digits, month: digits, day: digits, hour: digits, minute: digits, second: digits } as const
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'iso8601', numberingSystem: 'latn', hourCycle: 'h23', ...fields })
  } catch {
    throw new InputError(`timeZone is ${JSON.stringify(timeZone)}, which is no time zone.`, {
      field: 'timeZone',
      hint: 'Give an IANA name, as Asia/Shanghai, or UTC.',
    })
  }
}

/** Intl takes microseconds an answer; since 1972 clocks change at quarters of an hour only, so one answer holds for a quarter. */
function rememberedByQuarter(offsetOf: (ms: number) => number): (ms: number) => number {
  const offsets = new Map<number, number>()
  return (ms) => {
    const quarter = Math.floor(ms / quarterMs)
    const known = offsets.get(quarter)
    if (known !== undefined) return known
    if (offsets.size >= remembered) offsets.clear()
    const offset = offsetOf(quarter * quarterMs)
    offsets.set(quarter, offset)
    return offset
  }
}
