import type { FetchProgress } from './fetch-options.js';
import type { Network } from './link-source.js';
import type { PartFile } from './part-file.js';
import { type OpenerParts } from './range-opener.js';
export interface FetchParts extends OpenerParts {
    readonly taskId: string;
    readonly folder: string;
    readonly connections: number;
    readonly part: PartFile;
    readonly signal: AbortSignal;
    /** Called after each write. */
    readonly onBytes: (progress: Omit<FetchProgress, 'taskId'>) => void;
}
/** A part that holds all bytes of one file, compared with what its host announced. */
export interface Fetched {
    readonly size: number;
    readonly etag: string | undefined;
    readonly host: string;
    readonly network: Network;
    readonly sha256: string;
    readonly compared: readonly ('content-md5' | 'crc64')[];
    /** Bytes that an earlier run had left and this one kept. */
    readonly resumedFrom: number;
}
/** Brings all bytes of the file into the part, begins anew when it turns out to be another one, and compares what was announced. */
export declare function fetchRanges(parts: FetchParts): Promise<Fetched>;
//# sourceMappingURL=fetch-ranges.d.ts.map