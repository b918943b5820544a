import type { Report } from '../config/report.js'
import { type ClockChange, clockChanges } from './clock-changes.js'
import { namesHours, openDueTimes } from './due-times.js'

/** A whole sentence for who writes a schedule that falls, within a year, into local times that clocks skip or repeat; undefined where it does not, or has every hour anyway. */
export function clockChangeWarning({ name, schedule, timeZone }: Report, now: number): string | undefined {
  if (schedule === undefined || !namesHours(schedule)) return undefined
  const next = openDueTimes(schedule, timeZone)
  const told = clockChanges(timeZone, now, 366).flatMap((change) => whatHappens(schedule, change, next(change.at - 1)))
  if (told.length === 0) return undefined
  return `report ${JSON.stringify(name)}: its schedule ${JSON.stringify(schedule)} meets clock changes in ${timeZone}: ${told.join('; ')}.`
}

function whatHappens(schedule: string, { at, kind, from, to }: ClockChange, first: number | undefined): readonly string[] {
  if (!namesTimeIn(schedule, from, to)) return []
  const day = dayOf(from)
  if (kind === 'doubled') return [`on ${day} the time from ${clockOf(from)} to ${clockOf(to)} comes twice, and it runs in the first`]
  return first === at ? [`on ${day} there is no time from ${clockOf(from)} to ${clockOf(to)}, and it runs at ${clockOf(to)}`] : []
}

/** Lines are read as local times here: in UTC no time is skipped. */
function namesTimeIn(schedule: string, from: number, to: number): boolean {
  const named = openDueTimes(schedule, 'UTC')(from - 1)
  return named !== undefined && named < to
}

const dayOf = (local: number): string => new Date(local).toISOString().slice(0, 10)
const clockOf = (local: number): string => new Date(local).toISOString().slice(11, 16)
