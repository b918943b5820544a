/** Facts beside a fetched file. It holds no link and no query of one. */
export interface Manifest {
    readonly taskId: string;
    /** Name of the file, without its folder. */
    readonly file: string;
    readonly bytes: number;
    /** Hexadecimal, of the whole file. */
    readonly sha256: string;
    /** Where it came from: the host with its port. */
    readonly sourceHost: string;
    readonly network: 'internet' | 'intranet';
    readonly etag: string | undefined;
    /** What the host sent with it and what it was compared with; the size always. */
    readonly checked: readonly ('size' | 'content-md5' | 'crc64')[];
    /** ISO 8601. */
    readonly startedAt: string;
    readonly finishedAt: string;
}
export declare const manifestPath: (file: string) => string;
export declare const writeManifest: (file: string, manifest: Manifest) => Promise<void>;
/** What stands under a file's name. */
export type Standing = {
    readonly kind: 'nothing';
}
/** The file is what its manifest says; its hash was computed anew. */
 | {
    readonly kind: 'whole';
    readonly bytes: number;
    readonly sha256: string;
}
/** Something else. */
 | {
    readonly kind: 'foreign';
    readonly reason: string;
};
/** Looks at the file and its manifest. It reads the whole file: size and time alone would not tell a changed byte. */
export declare function whatStands(file: string, taskId: string, signal: AbortSignal): Promise<Standing>;
//# sourceMappingURL=manifest.d.ts.map