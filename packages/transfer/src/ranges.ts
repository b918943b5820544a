/** Bytes from `from` to before `to`. */
export interface Range {
  readonly from: number
  readonly to: number
}

export const lengthOf = ({ from, to }: Range): number => to - from

/** The bytes of several ranges that do not overlap. */
export const bytesIn = (ranges: readonly Range[]): number => ranges.reduce((sum, range) => sum + lengthOf(range), 0)

/** With one range more: sorted, apart from each other, none empty. */
export function addRange(ranges: readonly Range[], { from, to }: Range): readonly Range[] {
  if (from >= to) return ranges
  const before = ranges.filter((range) => range.to < from)
  const after = ranges.filter((range) => range.from > to)
  const touched = ranges.slice(before.length, ranges.length - after.length)
  const whole = { from: Math.min(from, touched[0]?.from ?? from), to: Math.max(to, touched.at(-1)?.to ?? to) }
  return [...before, whole, ...after]
}

/** What of a file of `size` bytes is in none of these, which are sorted and apart. */
export function missingRanges(size: number, have: readonly Range[]): readonly Range[] {
  const ends = [0, ...have.map(({ to }) => to)]
  const starts = [...have.map(({ from }) => from), size]
  return ends.flatMap((from, index) => {
    const to = Math.min(starts[index] ?? size, size)
    return from < to ? [{ from, to }] : []
  })
}

/** How far the file is whole from its first byte on. */
export const wholeUntil = (have: readonly Range[]): number => (have[0]?.from === 0 ? have[0].to : 0)

/** The same bytes in pieces of at most `most`, in their order. */
export const inPieces = (ranges: readonly Range[], most: number): Range[] =>
  ranges.flatMap(({ from, to }) =>
    Array.from({ length: Math.ceil((to - from) / most) }, (_, index) => ({
      from: from + index * most,
      to: Math.min(to, from + (index + 1) * most),
    })),
  )

const leastPiece = 2 ** 20
const mostPiece = 64 * 2 ** 20

/**
 * How long a piece is that one connection asks for: long enough that the pause between two does not count, short enough that none is left alone with a long
 * one at the end, and that the front up to which the file is whole, and its hash, goes on.
 */
export const pieceLength = (size: number, connections: number): number =>
  connections === 1 ? Math.max(size, 1) : Math.min(Math.max(Math.ceil(size / (connections * 4)), leastPiece), mostPiece)
