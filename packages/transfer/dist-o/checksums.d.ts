/** What the host says of the file. */
export interface Announced {
    /** Base64. */
    readonly contentMd5?: string | undefined;
    /** Decimal. */
    readonly crc64?: string | undefined;
}
/**
 * Hashes a file from its first byte on while its ranges arrive in any order. Bytes that arrive at the front are taken as they come; those beyond it are
 * read again from the part once the front has reached them, when they are still in the system's memory.
 */
export declare class Checksums {
    #private;
    constructor(announced: Announced);
    /** Bytes that have arrived and will be written in any case. */
    offer(bytes: Buffer, at: number): void;
    /**
     * Goes on to `until`, up to where the part is whole. Resolves when it is there; a call while another runs waits for both.
     * @param read gives the part's bytes from `at` on, into the buffer
     */
    advance(until: number, read: (buffer: Buffer, at: number) => Promise<number>): Promise<void>;
    get isReading(): boolean;
    get front(): number;
    /**
     * Compares with what was announced.
     * @returns the SHA-256, hexadecimal, and what was compared
     * @throws WrongFileError
     */
    finish(host: string): {
        readonly sha256: string;
        readonly compared: readonly ('content-md5' | 'crc64')[];
    };
}
//# sourceMappingURL=checksums.d.ts.map