import { DbsError } from '@backset/core';
import type { Dispatcher } from 'undici';
import { type TakeChunk } from './http-get.js';
import { type Permissions } from './link-guard.js';
import type { Range } from './ranges.js';
/** How hosts are reached, and which may be. */
export interface Road {
    readonly dispatcherFor: (url: URL) => Dispatcher;
    readonly permissions: Permissions;
}
export interface RangeRequest {
    /** Asked with GET alone: a signed link may be good for nothing else. */
    readonly link: string;
    /** Undefined: the whole file. */
    readonly range: Range | undefined;
    /** The file the bytes so far belong to; undefined when there are none. */
    readonly bound: {
        readonly etag: string;
        readonly size: number;
    } | undefined;
    /** How long a host may be silent. */
    readonly silenceMs: number;
    readonly now: () => number;
    readonly signal: AbortSignal;
}
/** An answer whose head was checked; its body is read, or closed. */
export interface RangeAnswer {
    /** The bytes that come. */
    readonly range: Range;
    /** Of the whole file. */
    readonly size: number;
    /** A strong one; weak ones do not tell whether bytes are the same (RFC 9110, 8.8.1). */
    readonly etag: string | undefined;
    /** All of the file at once. */
    readonly isWhole: boolean;
    /** Of whole answers alone: with a range it is not agreed what it is of. */
    readonly contentMd5: string | undefined;
    /** Of the whole file, in each answer. */
    readonly crc64: string | undefined;
    /** Where the bytes come from in the end, with its port. */
    readonly host: string;
    /** Hands over the bytes of the range, exactly as many. */
    readonly deliver: (take: TakeChunk) => Promise<void>;
    readonly close: () => void;
}
/** A transient failure, and what the host says to wait. */
export declare class TransientError extends DbsError {
    readonly name = "TransientError";
    readonly throttled: boolean;
    constructor(host: string, httpStatus: number, waitMs: number | undefined);
}
/**
 * Asks for a range and checks that the answer is that range of that file.
 * @throws StaleLink, FileChanged, NoRanges: see setbacks.ts; ConnectionError; TransientError; LinkRefusedError; WrongFileError
 */
export declare function askForRange(road: Road, request: RangeRequest): Promise<RangeAnswer>;
//# sourceMappingURL=range-request.d.ts.map