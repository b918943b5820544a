import { openTimeZone } from '@backset/core'
import type { Report } from '../config/report.js'

export type WindowName = NonNullable<Report['window']>

/** From (inclusive) to (exclusive). */
export interface Window {
  readonly from: Date
  readonly to: Date
}

/**
 * The day, week (from Monday) or month before the one in which a run was due, in a zone. It counts from the due time, so a late run reports what a punctual one
 * would have. A day of 23 or 25 hours is whole: the windows of runs that follow each other touch.
 */
export function windowOf(name: WindowName, due: Date, timeZone: string): Window {
  const zone = openTimeZone(timeZone)
  const today = new Date(`${zone.dayOf(due.getTime())}T00:00Z`)
  const [first, end] = bounds[name](today)
  return { from: new Date(zone.momentOf(first)), to: new Date(zone.momentOf(end)) }
}

/** Local midnights, as if they were UTC: of the first day, and of the day after the last. */
const bounds: Readonly<Record<WindowName, (today: Date) => readonly [number, number]>> = {
  'previous-day': (today) => [dayFrom(today, -1), today.getTime()],
  'previous-week': (today) => {
    const sinceMonday = (today.getUTCDay() + 6) % 7
    return [dayFrom(today, -sinceMonday - 7), dayFrom(today, -sinceMonday)]
  },
  'previous-month': (today) => {
    const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()]
    return [Date.UTC(year, month - 1), Date.UTC(year, month)]
  },
}

const dayFrom = (day: Date, days: number): number => day.getTime() + days * 86_400_000
