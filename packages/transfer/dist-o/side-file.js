import { readFile, rm } from 'node:fs/promises';
import { unlessMissing } from './disk-errors.js';
import { writeWhole } from './write-whole.js';
const version = 1;
/** The file beside the part. Its writer syncs the bytes first, so what it says is there outlives a kill and a power cut. */
export class SideFile {
    path;
    constructor(file) {
        this.path = `${file}.part.json`;
    }
    /** @returns undefined when there is none, or none that can be used */
    async read() {
        const text = await unlessMissing(readFile(this.path, 'utf8'), undefined);
        return text === undefined ? undefined : parse(text);
    }
    async write({ taskId, size, etag, have }) {
        await writeWhole(this.path, `${JSON.stringify({ version, taskId, size, etag, have: have.map(({ from, to }) => [from, to]) })}\n`);
    }
    async remove() {
        await rm(this.path, { force: true });
    }
}
function parse(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    if (typeof value !== 'object' || value === null)
        return undefined;
    const { version: written, taskId, size, etag, have } = value;
    if (written !== version || typeof taskId !== 'string' || typeof etag !== 'string' || !isOffset(size) || !Array.isArray(have))
        return undefined;
    const ranges = [];
    for (const pair of have) {
        const [from, to] = Array.isArray(pair) ? pair : [];
        if (!isOffset(from) || !isOffset(to) || from < (ranges.at(-1)?.to ?? -1) + 1 || to <= from || to > size)
            return undefined;
        ranges.push({ from, to });
    }
    return { taskId, size, etag, have: ranges };
}
const isOffset = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
//# sourceMappingURL=side-file.js.map