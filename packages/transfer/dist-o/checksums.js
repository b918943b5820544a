import { createHash } from 'node:crypto';
import { Crc64 } from './crc64.js';
import { WrongFileError } from './wrong-file-error.js';
const readLength = 2 ** 20;
/**
 * Hashes a file from its first byte on while its ranges arrive in any order. Bytes that arrive at the front are taken as they come; those beyond it are
 * read again from the part once the front has reached them, when they are still in the system's memory.
 */
export class Checksums {
    #sha256 = createHash('sha256');
    #md5;
    #crc64;
    #announced;
    #front = 0;
    #reading;
    constructor(announced) {
        this.#announced = announced;
        this.#md5 = announced.contentMd5 === undefined ? undefined : createHash('md5');
        this.#crc64 = announced.crc64 === undefined ? undefined : new Crc64();
    }
    /** Bytes that have arrived and will be written in any case. */
    offer(bytes, at) {
        if (at === this.#front && this.#reading === undefined)
            this.#take(bytes);
    }
    /**
     * Goes on to `until`, up to where the part is whole. Resolves when it is there; a call while another runs waits for both.
     * @param read gives the part's bytes from `at` on, into the buffer
     */
    async advance(until, read) {
        while (this.#reading !== undefined)
            await this.#reading;
        if (this.#front >= until)
            return;
        this.#reading = this.#readUntil(until, read);
        try {
            await this.#reading;
        }
        finally {
            this.#reading = undefined;
        }
    }
    get isReading() {
        return this.#reading !== undefined;
    }
    get front() {
        return this.#front;
    }
    async #readUntil(until, read) {
        const buffer = Buffer.allocUnsafe(readLength);
        while (this.#front < until) {
            const length = await read(buffer.subarray(0, Math.min(readLength, until - this.#front)), this.#front);
            if (length === 0)
                throw new WrongFileError('The part is shorter than what was written to it.', {
                    hint: 'Does something else write to it? Fetch again.',
                });
            this.#take(buffer.subarray(0, length));
        }
    }
    #take(bytes) {
        this.#sha256.update(bytes);
        this.#md5?.update(bytes);
        this.#crc64?.update(bytes);
        this.#front += bytes.length;
    }
    /**
     * Compares with what was announced.
     * @returns the SHA-256, hexadecimal, and what was compared
     * @throws WrongFileError
     */
    finish(host) {
        const { contentMd5, crc64 } = this.#announced;
        if (this.#md5 !== undefined && this.#md5.digest('base64') !== contentMd5)
            throw differs(host, 'MD5');
        if (this.#crc64 !== undefined && this.#crc64.digest() !== crc64)
            throw differs(host, 'CRC-64');
        return {
            sha256: this.#sha256.digest('hex'),
            compared: [
                ...(this.#md5 === undefined ? [] : ['content-md5']),
                ...(this.#crc64 === undefined ? [] : ['crc64']),
            ],
        };
    }
}
const differs = (host, what) => new WrongFileError(`The file's ${what} is not the one that ${host} announced: the bytes were changed on their way, or lie there broken.`);
//# sourceMappingURL=checksums.js.map