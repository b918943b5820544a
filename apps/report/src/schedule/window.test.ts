import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { windowOf, type WindowName } from './window.js'

const told = (name: WindowName, due: string, zone: string): readonly string[] => {
  const { from, to } = windowOf(name, new Date(due), zone)
  return [from.toISOString(), to.toISOString()]
}

test('the day before is a day of the zone', () => {
  expect(told('previous-day', '2026-11-24T22:00:00Z', 'Asia/Shanghai')).toEqual(['2026-11-23T16:00:00.000Z', '2026-11-24T16:00:00.000Z'])
})

test('weeks begin on Monday, also for a run on Sunday', () => {
  const week = ['2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z']
  expect(told('previous-week', '2026-11-23T06:00:00Z', 'UTC')).toEqual(week)
  expect(told('previous-week', '2026-11-29T23:59:59Z', 'UTC')).toEqual(week)
})

test('the month before January is December', () => {
  expect(told('previous-month', '2027-01-01T00:00:00Z', 'UTC')).toEqual(['2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'])
})

test.each([
  ['23', 'Europe/Berlin', '2026-03-30T04:00:00Z'],
  ['25', 'Europe/Berlin', '2026-10-26T04:00:00Z'],
  ['23.5', 'Australia/Lord_Howe', '2026-10-05T00:00:00Z'],
])('a day of %s hours is whole', (hours, zone, due) => {
  const { from, to } = windowOf('previous-day', new Date(due), zone)
  expect((to.getTime() - from.getTime()) / 3_600_000).toBe(Number(hours))
})

test('a day whose midnight is skipped begins with its first moment', () => {
  expect(told('previous-day', '2026-09-07T12:00:00Z', 'America/Santiago')).toEqual(['2026-09-06T04:00:00.000Z', '2026-09-07T03:00:00.000Z'])
})

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
]

test.each(['previous-day', 'previous-week', 'previous-month'] as const)(
  'through a year windows of %s touch and hold their due time off',
  (name) => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 366 * 86_400_000 }), (zone, offset) => {
        const due = new Date(Date.UTC(2026, 0, 1) + offset)
        const { from, to } = windowOf(name, due, zone)
        expect(to.getTime()).toBeLessThanOrEqual(due.getTime())
        // Who runs at the end of a window has the next one before it.
        expect(windowOf(name, to, zone)).toEqual({ from, to })
        expect(windowOf(name, new Date(to.getTime() - 1), zone).to).toEqual(from)
      }),
    )
  },
)
