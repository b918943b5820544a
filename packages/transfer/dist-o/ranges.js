const lengthOf = ({ from, to }) => to - from;
/** The bytes of several ranges that do not overlap. */
export const bytesIn = (ranges) => ranges.reduce((sum, range) => sum + lengthOf(range), 0);
/** With one range more: sorted, apart from each other, none empty. */
export function addRange(ranges, { from, to }) {
    if (from >= to)
        return ranges;
    const before = ranges.filter((range) => range.to < from);
    const after = ranges.filter((range) => range.from > to);
    const touched = ranges.slice(before.length, ranges.length - after.length);
    const whole = { from: Math.min(from, touched[0]?.from ?? from), to: Math.max(to, touched.at(-1)?.to ?? to) };
    return [...before, whole, ...after];
}
/** What of a file of `size` bytes is in none of these, which are sorted and apart. */
export function missingRanges(size, have) {
    const ends = [0, ...have.map(({ to }) => to)];
    const starts = [...have.map(({ from }) => from), size];
    return ends.flatMap((from, index) => {
        const to = Math.min(starts[index] ?? size, size);
        return from < to ? [{ from, to }] : [];
    });
}
/** How far the file is whole from its first byte on. */
export const wholeUntil = (have) => (have[0]?.from === 0 ? have[0].to : 0);
const leastPiece = 2 ** 20;
const mostPiece = 64 * 2 ** 20;
/**
 * Cuts the next piece for one of several connections from what is missing: the first bytes, so that the front up to which the file is whole, and its hash,
 * goes on. Pieces are long at first, since each costs a pause, and short in the end, so that all connections end together.
 */
export function takePiece(missing, connections) {
    const [first, ...others] = missing;
    if (first === undefined)
        return undefined;
    const share = Math.ceil(bytesIn(missing) / (connections * 2));
    const length = connections === 1 ? lengthOf(first) : Math.min(Math.max(share, leastPiece), mostPiece);
    const piece = { from: first.from, to: Math.min(first.to, first.from + length) };
    return { piece, rest: piece.to < first.to ? [{ from: piece.to, to: first.to }, ...others] : others };
}
//# sourceMappingURL=ranges.js.map