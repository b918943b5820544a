import { InputError } from '@backset/core';
/** The longest name that common file systems take, with room for what stands beside: `.manifest.json` and a draft's ending. */
const longestName = 200;
/**
 * `<task id>.tar.gz`. What is beyond `[A-Za-z0-9._-]` is percent-encoded, so that no id leads out of the folder.
 * @throws InputError for an id that is empty or too long for a name
 */
export function fileNameOf(taskId) {
    const encoded = Array.from(Buffer.from(taskId), (byte) => {
        const char = String.fromCodePoint(byte);
        return /[\w.-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    }).join('');
    if (taskId === '')
        throw new InputError('The task id is empty.', { field: 'taskId' });
    if (encoded.length > longestName)
        throw new InputError(`The task id is too long for a file name: ${encoded.length} characters.`, { field: 'taskId' });
    return `${encoded}.tar.gz`;
}
//# sourceMappingURL=file-name.js.map