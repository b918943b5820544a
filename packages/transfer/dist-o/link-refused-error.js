import { DbsError, redactText } from '@backset/core';
/** A link leads where no file of ours can lie, and was not followed. */
export class LinkRefusedError extends DbsError {
    name = 'LinkRefusedError';
    /** @param host of the link; never its path or query */
    constructor(host, reason, hint = 'Look at the link with `backset get TASK_ID`; a public link never leads there.') {
        super('link-refused', `The link to ${redactText(host, 100)} was not followed: ${reason}.`, { hint });
    }
}
//# sourceMappingURL=link-refused-error.js.map