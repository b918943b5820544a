import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rate } from './rate.js'

test('every number and unit is read as it is written', () => {
  const units = { s: 1000, m: 60_000, h: 3_600_000 } as const
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.constantFrom('s', 'm', 'h'), fc.constantFrom('', ' '), (limit, unit, gap) => {
      expect(rate.read(`${gap}${limit}${gap}/${gap}${unit}`, '--rate-limit')).toEqual({ limit, windowMs: units[unit] })
    }),
  )
})

test('off is no rate, however it is written', () => {
  expect(['off', 'OFF', false].map((input) => rate.read(input, '--rate-limit'))).toEqual(['off', 'off', 'off'])
})

test.each(['', '50', '0/s', '-1/s', '1.5/s', '50/d', '50/ms', '50//s', '1e3/s', '99999999/s', 50, true, null])('%j is no rate', (input) => {
  expect(() => rate.read(input, '--rate-limit')).toThrowError(
    expect.objectContaining({
      code: 'invalid-input',
      hint: 'Write it as 50/s, 600/m or off.',
      message: expect.stringContaining('--rate-limit is '),
    }),
  )
})

test('any text is a rate, off or an error of ours', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        rate.read(text, '--rate-limit')
      } catch (error) {
        expect(error).toMatchObject({ code: 'invalid-input' })
      }
    }),
  )
})
