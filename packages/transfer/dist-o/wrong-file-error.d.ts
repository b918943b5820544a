import { DbsError } from '@backset/core';
/** What came is not the file that was announced. */
export declare class WrongFileError extends DbsError {
    readonly name = "WrongFileError";
    /** Whether the bytes that have come are no good; else a later run may go on from them. */
    readonly spoilt: boolean;
    constructor(message: string, { hint, spoilt }?: {
        readonly hint?: string;
        readonly spoilt?: boolean;
    });
}
//# sourceMappingURL=wrong-file-error.d.ts.map