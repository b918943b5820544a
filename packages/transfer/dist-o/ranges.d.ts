/** Bytes from `from` to before `to`. */
export interface Range {
    readonly from: number;
    readonly to: number;
}
/** The bytes of several ranges that do not overlap. */
export declare const bytesIn: (ranges: readonly Range[]) => number;
/** With one range more: sorted, apart from each other, none empty. */
export declare function addRange(ranges: readonly Range[], { from, to }: Range): readonly Range[];
/** What of a file of `size` bytes is in none of these, which are sorted and apart. */
export declare function missingRanges(size: number, have: readonly Range[]): readonly Range[];
/** How far the file is whole from its first byte on. */
export declare const wholeUntil: (have: readonly Range[]) => number;
/**
 * Cuts the next piece for one of several connections from what is missing: the first bytes, so that the front up to which the file is whole, and its hash,
 * goes on. Pieces are long at first, since each costs a pause, and short in the end, so that all connections end together.
 */
export declare function takePiece(missing: readonly Range[], connections: number): {
    readonly piece: Range;
    readonly rest: readonly Range[];
} | undefined;
//# sourceMappingURL=ranges.d.ts.map