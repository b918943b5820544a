import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type NextDue, openDueTimes } from './due-times.js'

const between = (next: NextDue, from: string, to: string): readonly number[] => {
  const found: number[] = []
  for (let due = next(Date.parse(from)); due !== undefined && due <= Date.parse(to); due = next(due)) found.push(due)
  return found
}

const local = (timeZone: string) => (due: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit', timeZoneName: 'longOffset' })
    .format(due)
    .replace(' GMT', '')
    .replace('−', '-')

const inBerlin =
  (from: string, to: string) =>
  (line: string): readonly string[] =>
    between(openDueTimes(line, 'Europe/Berlin'), from, to).map(local('Europe/Berlin'))

describe('the day on which clocks skip an hour', () => {
  const berlin = inBerlin('2026-03-28T22:59Z', '2026-03-29T21:59Z')

  test.each([
    ['30 2 * * *', ['03:00+02:00']],
    ['*/15 2 * * *', ['03:00+02:00']],
    ['15,45 2 * * *', ['03:00+02:00']],
    ['0 30 2 * * *', ['03:00+02:00']],
    ['30 1-3 * * *', ['01:30+01:00', '03:00+02:00', '03:30+02:00']],
    ['0 2,3 * * *', ['03:00+02:00']],
    ['0 1-4/1 * * *', ['01:00+01:00', '03:00+02:00', '04:00+02:00']],
    ['30 2 * * SUN', ['03:00+02:00']],
    ['30 2 29 3 *', ['03:00+02:00']],
  ])('%s loses no run', (line, runs) => {
    expect(berlin(line)).toEqual(runs)
  })

  test.each(['0 * * * *', '0 */1 * * *', '0 0-23 * * *', '0 ? * * *', '0 0 * * * *'])('%s runs in each of its 23 hours', (line) => {
    expect(berlin(line)).toHaveLength(23)
  })

  test('half an hour is skipped where clocks move by half an hour', () => {
    const line = openDueTimes('15 2 * * *', 'Australia/Lord_Howe')
    expect(between(line, '2026-10-03T12:00Z', '2026-10-04T12:00Z').map(local('Australia/Lord_Howe'))).toEqual(['02:30+11:00'])
  })

  test('a midnight that is skipped comes an hour later', () => {
    const line = openDueTimes('0 0 * * *', 'America/Santiago')
    expect(between(line, '2026-09-05T12:00Z', '2026-09-06T12:00Z').map(local('America/Santiago'))).toEqual(['01:00-03:00'])
  })
})

describe('the day on which an hour comes twice', () => {
  const berlin = inBerlin('2026-10-24T21:59Z', '2026-10-25T22:59Z')

  test.each([
    ['30 2 * * *', ['02:30+02:00']],
    ['*/30 2 * * *', ['02:00+02:00', '02:30+02:00']],
    ['30 1-3 * * *', ['01:30+02:00', '02:30+02:00', '03:30+01:00']],
    ['0 */12 * * *', ['00:00+02:00', '12:00+01:00']],
  ])('%s runs no time twice', (line, runs) => {
    expect(berlin(line)).toEqual(runs)
  })

  test('a line of every hour runs in each of the 25', () => {
    expect(berlin('0 * * * *')).toHaveLength(25)
  })
})

describe('due times', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Asia/Shanghai']
  const lines = ['30 2 * * *', '*/20 1-2 * * *', '0 * * * *', '*/15 * * * *', '0 0 * * 1', '15 0,2,3 * * *', '30 1 L * *']
  const changes = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-09-06', '2026-10-04', '2026-10-25', '2026-11-01'].map((day) =>
    Date.parse(day),
  )

  test('are the same wherever one begins to count', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...lines),
        fc.constantFrom(...changes),
        fc.integer({ min: -86_400_000, max: 2 * 86_400_000 }),
        (zone, line, change, offset) => {
          const next = openDueTimes(line, zone)
          const from = change + offset
          const begin = new Date(change - 2 * 86_400_000).toISOString()
          const end = new Date(change + 40 * 86_400_000).toISOString()
          expect(next(from)).toBe(between(next, begin, end).find((due) => due > from))
        },
      ),
      { numRuns: 30 },
    )
  })
})
