import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareExact, exactIntegerSchema, exactOf, toExactInteger } from './exact-integer.js'

const any = fc.bigInt({ min: -(10n ** 28n), max: 10n ** 28n })

test('digits in are digits out', () => {
  fc.assert(
    fc.property(any, (value) => {
      const exact = toExactInteger(String(value))
      expect(BigInt(exact ?? '')).toBe(value)
      expect(typeof exact).toBe(Number.isSafeInteger(Number(value)) ? 'number' : 'string')
      expect(exactIntegerSchema.safeParse(exact).success).toBe(true)
    }),
  )
})

test('order is that of the numbers themselves', () => {
  fc.assert(
    fc.property(any, any, (a, b) => {
      expect(Math.sign(compareExact(exactOf(a), exactOf(b)))).toBe(a < b ? -1 : a > b ? 1 : 0)
    }),
  )
})

test.each(['', ' ', '1.5', '1e3', '0x10', '--1', '1'.repeat(31), null, Number.NaN, 1.5, 2 ** 53, true])(
  '%j is no exact integer',
  (value) => {
    expect(toExactInteger(value)).toBeUndefined()
  },
)

test('minus zero is zero, as in JSON', () => {
  expect([toExactInteger('-0'), toExactInteger(-0)]).toEqual([0, 0])
})
