import { openTimeZone } from '@backset/core'
import { Cron } from 'croner'
import { fileName } from '../file-name.js'
import { cronMode } from './cron-line.js'
import type { Report } from './report.js'

/** How many coming runs are looked at; names of days repeat after a month, those of hours after a day. */
const runsAhead = 400
const dayMs = 86_400_000

/** A file name that two due runs of a schedule would share, so that the later export replaced the earlier; undefined where there is none. */
export function sharedName(report: Report, now: Date): { readonly name: string; readonly first: Date; readonly second: Date } | undefined {
  const { schedule, timeZone, file } = report
  if (schedule === undefined || file.includes('{due}')) return undefined
  const cron = new Cron(schedule, { paused: true, mode: cronMode, timezone: timeZone })
  const coming = cron.nextRuns(runsAhead, now)
  // Where clocks are set back, one local time comes twice.
  const doubled = clockChanges(now, timeZone).flatMap((change) =>
    cron.nextRuns(runsAhead, new Date(change.getTime() - dayMs)).filter((run) => run.getTime() < change.getTime() + 2 * dayMs),
  )
  const first = new Map<string, Date>()
  for (const due of [...coming, ...doubled]) {
    const name = fileName(file, { ...report, due }).toLowerCase()
    const other = first.get(name)
    if (other !== undefined && other.getTime() !== due.getTime()) return { name, first: other, second: due }
    first.set(name, due)
  }
  return undefined
}

/** Days in the year to come on which the zone's clock is changed, roughly. */
function clockChanges(now: Date, timeZone: string): readonly Date[] {
  const zone = openTimeZone(timeZone)
  const offsetAt = (ms: number): number => {
    const noon = Date.parse(`${zone.dayOf(ms)}T12:00Z`)
    return noon - zone.momentOf(noon)
  }
  const days = Array.from({ length: 366 }, (_, day) => now.getTime() + day * dayMs)
  return days.filter((ms) => offsetAt(ms) !== offsetAt(ms + dayMs)).map((ms) => new Date(ms))
}
