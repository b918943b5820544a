import { fileName } from '../file-name.js'
import { clockChanges } from '../schedule/clock-changes.js'
import { openDueTimes, type NextDue } from '../schedule/due-times.js'
import type { Report } from './report.js'

/** How many coming runs are looked at; names of days repeat after a month, those of hours after a day. */
const runsAhead = 400
const dayMs = 86_400_000

/** A file name that two due runs of a schedule would share, so that the later export replaced the earlier; undefined where there is none. */
export function sharedName(report: Report, now: Date): { readonly name: string; readonly first: Date; readonly second: Date } | undefined {
  const { schedule, timeZone, file } = report
  if (schedule === undefined || file.includes('{due}')) return undefined
  const next = openDueTimes(schedule, timeZone)
  // Where clocks are set back, one local time comes twice.
  const doubled = clockChanges(timeZone, now.getTime(), 366).flatMap(({ at }) =>
    coming(next, at - dayMs).filter((due) => due < at + 2 * dayMs),
  )
  const first = new Map<string, number>()
  for (const due of [...coming(next, now.getTime()), ...doubled]) {
    const name = fileName(file, { ...report, due: new Date(due) }).toLowerCase()
    const other = first.get(name)
    if (other !== undefined && other !== due) return { name, first: new Date(other), second: new Date(due) }
    first.set(name, due)
  }
  return undefined
}

function coming(next: NextDue, after: number): readonly number[] {
  const found: number[] = []
  for (let due = next(after); due !== undefined && found.length < runsAhead; due = next(due)) found.push(due)
  return found
}
