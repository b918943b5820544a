import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTimeZone } from './time-zone.js'

test('a day changes at midnight of its zone', () => {
  const { dayOf } = openTimeZone('Asia/Shanghai')
  expect([dayOf(Date.UTC(2026, 0, 1, 15, 59, 59, 999)), dayOf(Date.UTC(2026, 0, 1, 16))]).toEqual(['2026-01-01', '2026-01-02'])
})

test('days are those that Intl tells, around every change', () => {
  const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia', 'Asia/Kathmandu']
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2035, 0, 1) }), (timeZone, ms) => {
      expect(openTimeZone(timeZone).dayOf(ms)).toBe(new Intl.DateTimeFormat('sv-SE', { timeZone }).format(ms))
    }),
  )
})

test('a zone nobody knows is refused with a hint', () => {
  expect(() => openTimeZone('Asia/Shangai')).toThrow(expect.objectContaining({ code: 'invalid-input', field: 'timeZone' }))
})
