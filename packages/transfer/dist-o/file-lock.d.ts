/**
 * Takes `<file>.lock`, so that one process at a time fetches a file. The lock of a process that has ended is taken over at once.
 * @returns what frees it
 * @throws DbsError `cannot-write` when a living process holds it
 */
export declare function lockFile(file: string): Promise<AsyncDisposable>;
//# sourceMappingURL=file-lock.d.ts.map