import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { unlessMissing } from './disk-errors.js';
import { writeWhole } from './write-whole.js';
export const manifestPath = (file) => `${file}.manifest.json`;
export const writeManifest = (file, manifest) => writeWhole(manifestPath(file), `${JSON.stringify({ version: 1, ...manifest }, undefined, 2)}\n`);
/** Looks at the file and its manifest. It reads the whole file: size and time alone would not tell a changed byte. */
export async function whatStands(file, taskId, signal) {
    const stats = await unlessMissing(lstat(file), undefined);
    if (stats === undefined)
        return { kind: 'nothing' };
    if (!stats.isFile())
        return { kind: 'foreign', reason: 'it is no regular file' };
    const manifest = await readManifest(file);
    if (manifest === undefined)
        return { kind: 'foreign', reason: 'it has no manifest beside it' };
    if (manifest.taskId !== taskId)
        return { kind: 'foreign', reason: 'its manifest is of another task' };
    if (manifest.bytes !== stats.size)
        return { kind: 'foreign', reason: `it has ${stats.size} bytes, its manifest says ${manifest.bytes}` };
    const hash = createHash('sha256');
    await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash, { signal });
    if (hash.digest('hex') !== manifest.sha256)
        return { kind: 'foreign', reason: 'its SHA-256 is not that of its manifest' };
    return { kind: 'whole', bytes: manifest.bytes, sha256: manifest.sha256 };
}
async function readManifest(file) {
    const text = await unlessMissing(readFile(manifestPath(file), 'utf8'), undefined);
    if (text === undefined)
        return undefined;
    try {
        const { taskId, bytes, sha256 } = JSON.parse(text);
        return typeof taskId === 'string' && typeof bytes === 'number' && typeof sha256 === 'string' ? { taskId, bytes, sha256 } : undefined;
    }
    catch {
        return undefined;
    }
}
//# sourceMappingURL=manifest.js.map