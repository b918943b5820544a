/**
 * Makes a folder where it is missing, and sees whether files can be put there: for who would begin something that only a fetch can end.
 * @throws DbsError `cannot-write`, `disk-full`
 */
export declare function checkFolder(folder: string): Promise<void>;
//# sourceMappingURL=check-folder.d.ts.map