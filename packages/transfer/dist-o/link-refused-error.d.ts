import { DbsError } from '@backset/core';
/** A link leads where no file of ours can lie, and was not followed. */
export declare class LinkRefusedError extends DbsError {
    readonly name = "LinkRefusedError";
    /** @param host of the link; never its path or query */
    constructor(host: string, reason: string, hint?: string);
}
//# sourceMappingURL=link-refused-error.d.ts.map