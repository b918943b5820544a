import type { DbsError } from '@backset/core';
/** The host refuses the link: it has expired, or the file is not there. */
export declare class StaleLink extends Error {
    readonly name = "StaleLink";
    readonly httpStatus: number;
    /** @param word the host's own, as `AccessDenied` */
    constructor(httpStatus: number, word: string | undefined);
}
/** The file is another one than that which the bytes so far belong to. */
export declare class FileChanged extends Error {
    readonly name = "FileChanged";
}
/** Ranges cannot be had, or cannot be bound to one file: it ignores Range, or gives no strong ETag. */
export declare class NoRanges extends Error {
    readonly name = "NoRanges";
}
/** A stream that cannot be gone on with, since nothing tells that the rest is of the same file, was cut off. */
export declare class StreamCut extends Error {
    readonly name = "StreamCut";
    readonly cause: DbsError;
    constructor(cause: DbsError);
}
//# sourceMappingURL=setbacks.d.ts.map