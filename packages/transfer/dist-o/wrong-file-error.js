import { DbsError } from '@backset/core';
const usualHint = 'Fetch again. When it lasts, something between changes the bytes, or the file in the storage is broken.';
/** What came is not the file that was announced. */
export class WrongFileError extends DbsError {
    name = 'WrongFileError';
    /** Whether the bytes that have come are no good; else a later run may go on from them. */
    spoilt;
    constructor(message, { hint = usualHint, spoilt = true } = {}) {
        super('wrong-file', message, { hint });
        this.spoilt = spoilt;
    }
}
//# sourceMappingURL=wrong-file-error.js.map