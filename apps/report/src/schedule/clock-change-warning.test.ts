import { expect, test } from 'vitest'
import type { Report } from '../config/report.js'
import { clockChangeWarning } from './clock-change-warning.js'
import { clockChanges } from './clock-changes.js'

const now = Date.UTC(2026, 0, 1)
const warning = (schedule: string | undefined, timeZone: string): string | undefined =>
  clockChangeWarning({ name: 'audit', schedule, timeZone } as Report, now)

test('a time that is skipped and doubled is told with its days', () => {
  expect(warning('30 2 * * *', 'Europe/Berlin')).toBe(
    'report "audit": its schedule "30 2 * * *" meets clock changes in Europe/Berlin: on 2026-03-29 there is no time from 02:00 to 03:00, and it runs at 03:00; ' +
      'on 2026-10-25 the time from 02:00 to 03:00 comes twice, and it runs in the first.',
  )
})

test.each([
  ['30 2 * * *', 'Asia/Shanghai'],
  ['30 4 * * *', 'Europe/Berlin'],
  ['*/10 * * * *', 'Europe/Berlin'],
  ['30 2 * * MON', 'Europe/Berlin'],
  [undefined, 'Europe/Berlin'],
])('%s in %s meets no clock change', (schedule, zone) => {
  expect(warning(schedule, zone)).toBeUndefined()
})

test('a midnight that is skipped is told too', () => {
  expect(warning('0 0 * * *', 'America/Santiago')).toContain('on 2026-09-06 there is no time from 00:00 to 01:00, and it runs at 01:00')
})

test('clock changes are found to the millisecond', () => {
  expect(clockChanges('Australia/Lord_Howe', now, 366)).toEqual([
    { at: Date.parse('2026-04-04T15:00Z'), kind: 'doubled', from: Date.parse('2026-04-05T01:30Z'), to: Date.parse('2026-04-05T02:00Z') },
    { at: Date.parse('2026-10-03T15:30Z'), kind: 'skipped', from: Date.parse('2026-10-04T02:00Z'), to: Date.parse('2026-10-04T02:30Z') },
  ])
})
