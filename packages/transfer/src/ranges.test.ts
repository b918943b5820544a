import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addRange, bytesIn, inPieces, missingRanges, pieceLength, wholeUntil, type Range } from './ranges.js'

const size = 60
const range = fc.tuple(fc.nat(size), fc.nat(size)).map(([a, b]): Range => ({ from: Math.min(a, b), to: Math.max(a, b) }))
const several = fc.array(range, { maxLength: 12 })
const gathered = (ranges: readonly Range[]): readonly Range[] => ranges.reduce<readonly Range[]>(addRange, [])
const bytesOf = (ranges: readonly Range[]): Set<number> =>
  new Set(ranges.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index)))

test('ranges in any order make the same bytes, sorted and apart', () => {
  fc.assert(
    fc.property(several, (ranges) => {
      const have = gathered(ranges)
      expect(bytesOf(have)).toEqual(new Set([...bytesOf(ranges)].toSorted((a, b) => a - b)))
      expect(bytesIn(have)).toBe(bytesOf(ranges).size)
      for (const [index, { from, to }] of have.entries()) {
        expect(from).toBeLessThan(to)
        expect(from).toBeGreaterThan(have[index - 1]?.to ?? -1)
      }
    }),
  )
})

test('what is missing and what is there are the file', () => {
  fc.assert(
    fc.property(several, (ranges) => {
      const have = gathered(ranges)
      const missing = missingRanges(size, have)
      expect(bytesIn(missing) + bytesIn(have)).toBe(size)
      expect(gathered([...missing, ...have])).toEqual([{ from: 0, to: size }])
      expect(wholeUntil(have)).toBe(missing[0]?.from ?? size)
    }),
  )
})

test('pieces are the same bytes, none too long', () => {
  fc.assert(
    fc.property(several, fc.integer({ min: 1, max: 20 }), (ranges, most) => {
      const pieces = inPieces(gathered(ranges), most)
      expect(bytesOf(pieces)).toEqual(bytesOf(ranges.length === 0 ? [] : gathered(ranges)))
      expect(bytesIn(pieces)).toBe(bytesIn(gathered(ranges)))
      for (const piece of pieces) expect(piece.to - piece.from).toBeLessThanOrEqual(most)
    }),
  )
})

test('an empty file has nothing missing', () => expect(missingRanges(0, [])).toEqual([]))

test.each([
  [300_000_000, 4, 18_750_000],
  [10_000_000, 4, 2 ** 20],
  [2 ** 40, 8, 2 ** 26],
  [300_000_000, 1, 300_000_000],
  [0, 1, 1],
])('%i bytes over %i connections go in pieces of %i', (bytes, connections, length) => {
  expect(pieceLength(bytes, connections)).toBe(length)
})
