import type { Range } from './ranges.js';
/** How far a part is: what a later run needs to go on. It holds no link. */
export interface SideState {
    readonly taskId: string;
    readonly size: number;
    /** The strong ETag all the bytes were read under. */
    readonly etag: string;
    /** What is in the part and synced: sorted, apart from each other. */
    readonly have: readonly Range[];
}
/** The file beside the part. Its writer syncs the bytes first, so what it says is there outlives a kill and a power cut. */
export declare class SideFile {
    readonly path: string;
    constructor(file: string);
    /** @returns undefined when there is none, or none that can be used */
    read(): Promise<SideState | undefined>;
    write({ taskId, size, etag, have }: SideState): Promise<void>;
    remove(): Promise<void>;
}
//# sourceMappingURL=side-file.d.ts.map