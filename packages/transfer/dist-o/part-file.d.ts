import { type Range } from './ranges.js';
import type { SideFile } from './side-file.js';
/** The file that all bytes of a part belong to. */
export interface Binding {
    readonly taskId: string;
    readonly size: number;
    /** Undefined: nothing is kept for a later run. */
    readonly etag: string | undefined;
}
/** `<file>.part`: bytes at their places, and at checkpoints a side file that says which of them are on the disk. */
export declare class PartFile {
    #private;
    readonly path: string;
    private constructor();
    /** Opens the part of a file, or begins one; a link in its place is not followed. */
    static open(file: string, side: SideFile): Promise<PartFile>;
    /** What an earlier run left of this task, when all that the side file names is there. */
    resume(taskId: string): Promise<(Binding & {
        readonly etag: string;
    }) | undefined>;
    /** Begins anew, for this file. */
    begin(binding: Binding | undefined): Promise<void>;
    /** What is written: sorted, apart from each other. */
    get have(): readonly Range[];
    /** Whether a later run can go on from here. */
    get canBeResumed(): boolean;
    get bytes(): number;
    get wholeUntil(): number;
    /** How much one of so many connections gathers before it writes. Each holds up to two, so all together hold what lies between two checkpoints, or less: but many small writes would cost more than they save. */
    batchBytes(connections: number): number;
    /** Writes; waits while a checkpoint is under way and too much is written already that it does not cover. */
    write(buffers: readonly Buffer[], at: number): Promise<void>;
    readonly read: (buffer: Buffer, at: number) => Promise<number>;
    /** So that a later run can go on from here. */
    keep(): Promise<void>;
    /** Synced to its last byte, and no longer than that. */
    sync(size: number): Promise<void>;
    /** Gives it its final name; in its place is whatever stood there before, until then. */
    publish(file: string): Promise<void>;
    discard(): Promise<void>;
    close(): Promise<void>;
}
//# sourceMappingURL=part-file.d.ts.map