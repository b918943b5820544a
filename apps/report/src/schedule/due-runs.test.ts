import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { dueRuns, graceMs, mostOwed } from './due-runs.js'
import { openDueTimes } from './due-times.js'

const minute = 60_000
const hourly = openDueTimes('0 * * * *', 'UTC')
const at = (time: string): number => Date.parse(`2026-06-01T${time}Z`)

test('nothing is owed before the next due time', () => {
  expect(dueRuns(hourly, at('06:00'), at('06:59:59'), 'all')).toEqual({ run: [], missed: [], missedBefore: undefined })
})

test('a due time is owed from its moment on', () => {
  expect(dueRuns(hourly, at('06:00'), at('07:00'), 'none').run).toEqual([at('07:00')])
})

test.each([
  ['last', [at('09:00')], [at('07:00'), at('08:00')]],
  ['all', [at('07:00'), at('08:00'), at('09:00')], []],
  ['none', [], [at('07:00'), at('08:00'), at('09:00')]],
] as const)('after hours of absence, %s runs what it says', (catchUp, run, missed) => {
  expect(dueRuns(hourly, at('06:00'), at('09:30'), catchUp)).toEqual({ run, missed, missedBefore: undefined })
})

test('what became due within the grace runs in any case', () => {
  expect(dueRuns(hourly, at('06:00'), at('09:00') + graceMs, 'none')).toMatchObject({
    run: [at('09:00')],
    missed: [at('07:00'), at('08:00')],
  })
})

test('a year of seconds is owed in bounds', () => {
  const secondly = openDueTimes('* * * * * *', 'UTC')
  const now = at('00:00')
  const { run, missed, missedBefore } = dueRuns(secondly, now - 365 * 86_400_000, now, 'all')
  expect({ count: run.length, missed: missed.length, last: run.at(-1), missedBefore }).toEqual({
    count: mostOwed,
    missed: 0,
    last: now,
    missedBefore: now - 365 * 86_400_000 + 1000,
  })
})

test('a line that never comes again owes nothing', () => {
  expect(dueRuns(() => undefined, 0, at('00:00'), 'all')).toEqual({ run: [], missed: [], missedBefore: undefined })
})

test('every due time is run, missed or among the old ones, and none twice', () => {
  const lines = fc.constantFrom('0 * * * *', '*/7 * * * *', '0 0 * * *', '30 2 * * *')
  const spans = fc.integer({ min: 0, max: 20 * 24 * 60 })
  fc.assert(
    fc.property(lines, spans, fc.constantFrom('all', 'last', 'none'), (line, minutes, catchUp) => {
      const next = openDueTimes(line, 'Europe/Berlin')
      const [cursor, now] = [Date.parse('2026-10-10T00:00:30Z'), Date.parse('2026-10-10T00:00:30Z') + minutes * minute]
      const { run, missed, missedBefore } = dueRuns(next, cursor, now, catchUp)
      const told = [...missed, ...run]
      const all: number[] = []
      for (let due = next(cursor); due !== undefined && due <= now; due = next(due)) all.push(due)
      expect(told).toEqual(all.slice(-mostOwed))
      expect(missedBefore).toBe(all.length > mostOwed ? all[0] : undefined)
    }),
    { numRuns: 15 },
  )
})
