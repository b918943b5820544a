// What a request for a file can meet that is no end of the work; fetch-ranges.ts says what follows. None of them leaves this package.
/** The host refuses the link: it has expired, or the file is not there. */
export class StaleLink extends Error {
    name = 'StaleLink';
    httpStatus;
    /** @param word the host's own, as `AccessDenied` */
    constructor(httpStatus, word) {
        super(`HTTP ${httpStatus}${word === undefined ? '' : ` (${word})`}`);
        this.httpStatus = httpStatus;
    }
}
/** The file is another one than that which the bytes so far belong to. */
export class FileChanged extends Error {
    name = 'FileChanged';
}
/** Ranges cannot be had, or cannot be bound to one file: it ignores Range, or gives no strong ETag. */
export class NoRanges extends Error {
    name = 'NoRanges';
}
/** A stream that cannot be gone on with, since nothing tells that the rest is of the same file, was cut off. */
export class StreamCut extends Error {
    name = 'StreamCut';
    cause;
    constructor(cause) {
        super('The stream was cut off.');
        this.cause = cause;
    }
}
//# sourceMappingURL=setbacks.js.map