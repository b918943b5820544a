/**
 * Looks whether `bytes` more fit on the disk, before the first is written.
 * @throws DbsError `disk-full`
 */
export declare function checkDiskSpace(folder: string, bytes: number): Promise<void>;
//# sourceMappingURL=disk-space.d.ts.map