import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addRange, bytesIn, missingRanges, takePiece, wholeUntil, type Range } from './ranges.js'

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

/** All pieces, in the order they are taken. */
function piecesOf(missing: readonly Range[], connections: number): Range[] {
  const pieces: Range[] = []
  for (let taken = takePiece(missing, connections); taken !== undefined; taken = takePiece(taken.rest, connections))
    pieces.push(taken.piece)
  return pieces
}

test('pieces are what is missing, in its order, none empty', () => {
  const scaled = several.map((ranges) => gathered(ranges.map(({ from, to }) => ({ from: from * 500_000, to: to * 500_000 }))))
  fc.assert(
    fc.property(scaled, fc.integer({ min: 1, max: 8 }), (missing, connections) => {
      const pieces = piecesOf(missing, connections)
      expect(gathered(pieces)).toEqual(missing)
      expect(bytesIn(pieces)).toBe(bytesIn(missing))
      for (const [index, { from, to }] of pieces.entries()) {
        expect(from).toBeLessThan(to)
        expect(from).toBeGreaterThanOrEqual(pieces[index - 1]?.to ?? 0)
      }
    }),
  )
})

test('an empty file has nothing missing', () => expect(missingRanges(0, [])).toEqual([]))

test.each([
  [300_000_000, 4, 37_500_000, 40],
  [10_000_000, 4, 1_250_000, 10],
  [2 ** 30, 8, 2 ** 26, 90],
  [300_000_000, 1, 300_000_000, 1],
])('%i bytes over %i connections begin with %i, in at most %i pieces', (bytes, connections, longest, most) => {
  const pieces = piecesOf([{ from: 0, to: bytes }], connections)
  expect(pieces[0]).toEqual({ from: 0, to: longest })
  expect(pieces.length).toBeLessThanOrEqual(most)
  if (connections > 1) expect(bytesIn(pieces.slice(-1))).toBeLessThanOrEqual(2 ** 20)
})
