/** A checksum that is fed piece by piece. */
export declare class Crc64 {
    #private;
    update(bytes: Buffer): void;
    /** Decimal digits, as the header has them. */
    digest(): string;
}
//# sourceMappingURL=crc64.d.ts.map