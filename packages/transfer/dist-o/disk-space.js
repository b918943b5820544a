import { statfs } from 'node:fs/promises';
import { DbsError } from '@backset/core';
/**
 * Looks whether `bytes` more fit on the disk, before the first is written.
 * @throws DbsError `disk-full`
 */
export async function checkDiskSpace(folder, bytes) {
    // Some file systems do not tell; then a write does.
    const stats = await statfs(folder, { bigint: true }).catch(() => undefined);
    if (stats === undefined || stats.blocks === 0n)
        return;
    const free = stats.bavail * stats.bsize;
    if (BigInt(bytes) <= free)
        return;
    throw new DbsError('disk-full', `${folder} has room for ${free} bytes, but the file needs ${bytes} more.`, {
        hint: 'Make room, or choose another folder.',
    });
}
//# sourceMappingURL=disk-space.js.map