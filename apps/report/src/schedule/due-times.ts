import { Cron } from 'croner'
import { cronMode } from '../config/cron-line.js'

/** The first due time after a moment, both in epoch milliseconds; undefined where none comes. */
export type NextDue = (after: number) => number | undefined

/**
 * When a cron line is due, in a zone. A line that names hours (anything but `*`) is due once for each local time it names: where clocks skip it, at the first
 * moment after, and those that fall together there are due once; where it comes twice, at its first. A line of every hour follows the hours that pass.
 */
export function openDueTimes(line: string, timeZone: string): NextDue {
  const cron = new Cron(withHoursNamed(line), { paused: true, mode: cronMode, timezone: timeZone, fixedTimeRule: 'no-wildcard' })
  return (after) => cron.nextRun(new Date(after))?.getTime()
}

/** Whether a line names hours, and so local times that a clock change may leave out or double. */
export const namesHours = (line: string): boolean => clockLists(line).at(-1)?.length !== 24

/** croner tells fixed times from those that just pass by whether second, minute and hour have neither `*` nor a step; so those are written out as lists. */
function withHoursNamed(line: string): string {
  if (!namesHours(line)) return line
  const days = fieldsOf(line).slice(-3)
  return [...clockLists(line).map((list) => list.join(',')), ...days].join(' ')
}

const fieldsOf = (line: string): readonly string[] => line.trim().split(/\s+/)

/** The values of second, where there is one, minute and hour. */
function clockLists(line: string): readonly (readonly number[])[] {
  const clock = fieldsOf(line).slice(0, -3)
  return clock.map((field, at) => valuesOf(field, at === clock.length - 1 ? 24 : 60))
}

const partForm = /^(?:[*?]|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/

function valuesOf(field: string, size: number): readonly number[] {
  const values = field.split(',').flatMap((part) => {
    const [, from, to = from, step = '1'] = partForm.exec(part) ?? []
    const [first, last] = from === undefined ? [0, size - 1] : [Number(from), Number(to)]
    return Array.from({ length: Math.floor((last - first) / Number(step)) + 1 }, (_, at) => first + at * Number(step))
  })
  return [...new Set(values)].toSorted((a, b) => a - b)
}
