import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
/** Writes a small file of mode 0600 that appears whole or not at all. */
export async function writeWhole(path, text) {
    const draft = `${path}.${randomBytes(4).toString('hex')}`;
    try {
        const file = await open(draft, 'wx', 0o600);
        try {
            await file.writeFile(text);
            await file.sync();
        }
        finally {
            await file.close();
        }
        await rename(draft, path);
    }
    catch (error) {
        await rm(draft, { force: true }).catch(() => undefined);
        throw error;
    }
}
/** So that names survive a power cut; a file system that cannot do it (Windows) keeps them in its own way. */
export async function syncFolder(folder) {
    const handle = await open(folder, 'r').catch(() => undefined);
    await handle?.sync().catch(() => undefined);
    await handle?.close();
}
//# sourceMappingURL=write-whole.js.map