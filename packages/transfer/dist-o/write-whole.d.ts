/** Writes a small file of mode 0600 that appears whole or not at all. */
export declare function writeWhole(path: string, text: string): Promise<void>;
/** So that names survive a power cut; a file system that cannot do it (Windows) keeps them in its own way. */
export declare function syncFolder(folder: string): Promise<void>;
//# sourceMappingURL=write-whole.d.ts.map