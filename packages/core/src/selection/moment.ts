import { parseDuration } from '../duration.js'
import { InputError } from '../errors/input-error.js'
import type { TimeZone } from '../time-zone.js'

const relative = /^\d[\d.]*(?:ms|s|m|h|d)$/
const absolute = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i

/**
 * A moment as people write it, in epoch milliseconds: `7d` (so long before `now`), `2026-01-01`, `2026-01-01T10:00`, `2026-01-01T10:00:00+08:00`.
 * A date or time that names no zone is in `zone`.
 * @throws InputError for another form, and for a day that is not in the calendar
 */
export function parseMoment(
  text: string,
  { now, zone, field }: { readonly now: Date; readonly zone: TimeZone; readonly field: string },
): number {
  const trimmed = text.trim()
  if (relative.test(trimmed)) return now.getTime() - parseDuration(trimmed, field)
  const [, date, time = '00:00', offset] = absolute.exec(trimmed) ?? []
  if (date === undefined) throw noMoment(text, field)
  const localMs = Date.parse(`${date}T${time}Z`)
  // Date.parse takes 30 February for 2 March, and 24:00 for the next day.
  const isReal = !Number.isNaN(localMs) && new Date(localMs).toISOString().startsWith(`${date}T${time.slice(0, 2)}`)
  if (!isReal) throw noMoment(text, field)
  const moment = offset === undefined ? zone.momentOf(localMs) : Date.parse(`${date}T${time}${withColon(offset)}`)
  if (Number.isNaN(moment)) throw noMoment(text, field)
  return moment
}

const withColon = (offset: string): string => offset.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')

const noMoment = (text: string, field: string): InputError =>
  new InputError(`${field} is ${JSON.stringify(text)}, which is no time.`, {
    field,
    hint: 'Write it as 7d, 2026-01-01, 2026-01-01T10:00 or 2026-01-01T10:00:00+08:00.',
  })
