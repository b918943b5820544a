import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseByteSize } from './byte-size.js'

test.each([
  ['0', 0],
  ['1048576', 1_048_576],
  [1_048_576, 1_048_576],
  ['17 B', 17],
  ['10GiB', 10 * 2 ** 30],
  ['1.5MB', 1_500_000],
  ['1.5 mib', 1_572_864],
  ['0.3KiB', 307],
  ['9007199254740993', '9007199254740993'],
  ['8EiB', '9223372036854775808'],
])('%j is %j bytes', (text, bytes) => {
  expect(parseByteSize(text)).toBe(bytes)
})

test.each(['', 'big', '10G', '-1', '1e9', '10 GiBit', '1.', '.5GB'])('%j is refused by field and form', (text) => {
  expect(() => parseByteSize(text, 'minSize')).toThrow(expect.objectContaining({ code: 'invalid-input', field: 'minSize' }))
})

test('plain bytes of any length stay exact', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 29n }), (bytes) => {
      expect(BigInt(parseByteSize(String(bytes)))).toBe(bytes)
    }),
  )
})
