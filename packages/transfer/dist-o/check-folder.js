import { access, constants } from 'node:fs/promises';
import { makeFolder } from '@backset/core';
import { diskErrorOf } from './disk-errors.js';
/**
 * Makes a folder where it is missing, and sees whether files can be put there: for who would begin something that only a fetch can end.
 * @throws DbsError `cannot-write`, `disk-full`
 */
export async function checkFolder(folder) {
    try {
        await makeFolder(folder);
        await access(folder, constants.W_OK | constants.X_OK);
    }
    catch (error) {
        throw diskErrorOf(error, folder);
    }
}
//# sourceMappingURL=check-folder.js.map