import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { diskErrorOf } from './disk-errors.js';
import { addRange, bytesIn, wholeUntil } from './ranges.js';
import { syncFolder } from './write-whole.js';
/** Bytes between two checkpoints: each costs a sync. */
const checkpointBytes = (size) => Math.min(Math.max(Math.ceil(size / 128), 128 * 1024), 32 * 2 ** 20);
/** So many times that may be written while a checkpoint is under way. The next then covers as many, so a kill loses up to twice as many, a thirty-second of the file. */
const stepsAhead = 2;
/** `<file>.part`: bytes at their places, and at checkpoints a side file that says which of them are on the disk. */
export class PartFile {
    path;
    #handle;
    #side;
    #binding;
    #have = [];
    /** Written since the last checkpoint began. */
    #unsynced = 0;
    #checkpoint;
    #failure;
    constructor(path, handle, side) {
        this.path = path;
        this.#handle = handle;
        this.#side = side;
    }
    /** Opens the part of a file, or begins one; a link in its place is not followed. */
    static async open(file, side) {
        const path = `${file}.part`;
        try {
            const handle = await open(path, constants.O_RDWR | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0), 0o600);
            await handle.chmod(0o600);
            return new PartFile(path, handle, side);
        }
        catch (error) {
            throw diskErrorOf(error, path);
        }
    }
    /** What an earlier run left of this task, when all that the side file names is there. */
    async resume(taskId) {
        const state = await this.#side.read();
        if (state === undefined || state.taskId !== taskId)
            return undefined;
        const { size: length } = await this.#handle.stat();
        if (length < (state.have.at(-1)?.to ?? 0))
            return undefined;
        const { size, etag, have } = state;
        this.#have = have;
        this.#binding = { taskId, size, etag };
        return { taskId, size, etag };
    }
    /** Begins anew, for this file. */
    async begin(binding) {
        try {
            await this.#checkpoint;
            await this.#side.remove(); // before its bytes are gone, and for good
            await syncFolder(dirname(this.path));
            await this.#handle.truncate(0);
        }
        catch (error) {
            throw diskErrorOf(error, this.path);
        }
        this.#have = [];
        this.#unsynced = 0;
        this.#binding = binding;
    }
    /** What is written: sorted, apart from each other. */
    get have() {
        return this.#have;
    }
    /** Whether a later run can go on from here. */
    get canBeResumed() {
        return this.#binding?.etag !== undefined && this.#have.length > 0;
    }
    get bytes() {
        return bytesIn(this.#have);
    }
    get wholeUntil() {
        return wholeUntil(this.#have);
    }
    /** How much one of so many connections gathers before it writes. Each holds up to two, so all together hold what lies between two checkpoints, or less: but many small writes would cost more than they save. */
    batchBytes(connections) {
        return Math.min(Math.max(checkpointBytes(this.#binding?.size ?? 0) / (2 * connections), 32 * 1024), 2 ** 20);
    }
    /** Writes; waits while a checkpoint is under way and too much is written already that it does not cover. */
    async write(buffers, at) {
        const step = checkpointBytes(this.#binding?.size ?? 0);
        while (this.#checkpoint !== undefined && this.#unsynced >= stepsAhead * step)
            await this.#checkpoint;
        this.#check();
        let length = 0;
        for (const { byteLength } of buffers)
            length += byteLength;
        try {
            const { bytesWritten } = await this.#handle.writev(buffers, at);
            // A disk that is nearly full takes a part of it.
            if (bytesWritten < length)
                await this.#writeRest(Buffer.concat(buffers).subarray(bytesWritten), at + bytesWritten);
        }
        catch (error) {
            throw diskErrorOf(error, this.path);
        }
        this.#have = addRange(this.#have, { from: at, to: at + length });
        this.#unsynced += length;
        if (this.#unsynced >= step)
            this.#startCheckpoint();
    }
    async #writeRest(bytes, at) {
        for (let done = 0; done < bytes.length;)
            done += (await this.#handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
    }
    #startCheckpoint() {
        if (this.#checkpoint !== undefined || this.#binding?.etag === undefined)
            return;
        this.#checkpoint = this.#syncAndNote().then(() => void (this.#checkpoint = undefined), (error) => {
            this.#checkpoint = undefined;
            this.#failure = error;
        });
    }
    /** First the bytes, then the word that they are there. */
    async #syncAndNote() {
        const { taskId, size, etag } = this.#binding ?? {};
        if (taskId === undefined || size === undefined || etag === undefined)
            return;
        const have = this.#have;
        this.#unsynced = 0;
        await this.#handle.datasync();
        await this.#side.write({ taskId, size, etag, have });
    }
    #check() {
        if (this.#failure !== undefined)
            throw diskErrorOf(this.#failure, this.path);
    }
    read = async (buffer, at) => (await this.#handle.read(buffer, 0, buffer.length, at)).bytesRead;
    /** So that a later run can go on from here. */
    async keep() {
        await this.#checkpoint;
        if (this.#unsynced > 0)
            await this.#syncAndNote();
    }
    /** Synced to its last byte, and no longer than that. */
    async sync(size) {
        try {
            await this.#checkpoint;
            this.#check();
            await this.#handle.truncate(size);
            await this.#handle.sync();
        }
        catch (error) {
            throw diskErrorOf(error, this.path);
        }
    }
    /** Gives it its final name; in its place is whatever stood there before, until then. */
    async publish(file) {
        await this.#handle.close();
        try {
            await rename(this.path, file);
        }
        catch (error) {
            throw diskErrorOf(error, file);
        }
        await syncFolder(dirname(file));
        await this.#side.remove();
    }
    async discard() {
        await this.#checkpoint;
        await this.#side.remove();
        await rm(this.path, { force: true });
    }
    async close() {
        await this.#checkpoint;
        await this.#handle.close().catch(() => undefined); // it may be closed already
    }
}
//# sourceMappingURL=part-file.js.map