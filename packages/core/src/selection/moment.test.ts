import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTimeZone } from '../time-zone.js'
import { parseMoment } from './moment.js'

const now = new Date('2026-11-24T12:00:00Z')
const iso = (text: string, timeZone = 'UTC'): string =>
  new Date(parseMoment(text, { now, zone: openTimeZone(timeZone), field: 'since' })).toISOString()

test.each([
  ['7d', 'UTC', '2026-11-17T12:00:00.000Z'],
  ['1.5h', 'Asia/Shanghai', '2026-11-24T10:30:00.000Z'],
  ['2026-01-01', 'UTC', '2026-01-01T00:00:00.000Z'],
  ['2026-01-01', 'Asia/Shanghai', '2025-12-31T16:00:00.000Z'],
  ['2026-01-01T10:00', 'Asia/Kolkata', '2026-01-01T04:30:00.000Z'],
  ['2026-01-01 10:00:05.25', 'UTC', '2026-01-01T10:00:05.250Z'],
  ['2026-01-01T10:00:00+08:00', 'America/New_York', '2026-01-01T02:00:00.000Z'],
  ['2026-01-01T10:00-0330', 'UTC', '2026-01-01T13:30:00.000Z'],
  ['2026-01-01t10:00z', 'Asia/Shanghai', '2026-01-01T10:00:00.000Z'],
  ['2024-02-29', 'UTC', '2024-02-29T00:00:00.000Z'],
])('%s in %s is %s', (text, zone, expected) => {
  expect(iso(text, zone)).toBe(expected)
})

test('a time the clocks leave out comes later', () => {
  expect(iso('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
})

test('a time the clocks show twice is its first', () => {
  expect(iso('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
})

test('a midnight left out is the first moment of its day', () => {
  expect(iso('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z')
})

test('a day that a zone skipped begins the next', () => {
  expect(iso('2011-12-30', 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z')
})

test.each([
  '',
  'yesterday',
  '7',
  '7x',
  '-7d',
  '1.2.3d',
  '2026-02-30',
  '2026-13-01',
  '2026-01-01T24:00',
  '2026-01-01T10:60',
  '2026-01-01T10:00+99:00',
  '2026-1-1',
  '20260101',
])('%j is refused by field and form', (text) => {
  expect(() => iso(text, 'Asia/Shanghai')).toThrow(expect.objectContaining({ code: 'invalid-input', field: 'since' }))
})

test('local time written and read again is the same', () => {
  const zones = ['Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Casablanca']
  const first = Date.UTC(2000, 0, 1)
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: first, max: Date.UTC(2030, 0, 1) }), (name, ms) => {
      const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'medium' })
      const back = parseMoment(shown.format(ms), { now, zone: openTimeZone(name), field: 'since' })
      expect(shown.format(back)).toBe(shown.format(ms)) // the same moment, or the first of a doubled one
    }),
  )
})
