import { buildConnector } from 'undici';
export const blockBytes = 256 * 1024;
/** As much as Node reads at once of its own accord. */
const readBytes = 64 * 1024;
/** More than the bytes of a connection that wait to be written. */
const longestLine = 16;
/**
 * Memory that sockets read into again and again. Of its own accord Node takes fresh memory for each read, and its collector then costs a fetch more than
 * the hash of the bytes does.
 *
 * A block is used again when bytes are done with that the same connection read into a later one. Who does not tell loses nothing but speed: then blocks are
 * collected like any memory.
 */
export class ReadBlocks {
    #free = [];
    #lineOf = new WeakMap();
    /** Connects as undici would, to sockets that read into these blocks. */
    connector(options) {
        return (target, callback) => {
            let socket = null;
            const line = [];
            let at = 0;
            const room = () => {
                if (line.length === 0 || at + readBytes > blockBytes) {
                    line.push(this.#blockFor(line));
                    if (line.length > longestLine)
                        line.shift(); // nobody tells; it is collected when its bytes are
                    at = 0;
                }
                return line.at(-1).subarray(at, at + readBytes);
            };
            const onRead = (length, read) => {
                at += length;
                return socket?.push(read.subarray(0, length)) ?? false; // nothing is read before it is connected
            };
            const connect = buildConnector({ ...options, onread: { buffer: room, callback: onRead } });
            connect(target, (...result) => {
                ;
                [, socket] = result;
                callback(...result);
            });
        };
    }
    #blockFor(line) {
        const block = this.#free.pop() ?? Buffer.allocUnsafeSlow(blockBytes);
        this.#lineOf.set(block.buffer, line);
        return block;
    }
    /**
     * What this chunk's connection read into earlier blocks is done with: written, and looked at by nobody any more.
     * To be called in the order of reading.
     */
    doneUntil(chunk) {
        const line = this.#lineOf.get(chunk.buffer);
        const own = line?.findIndex(({ buffer }) => buffer === chunk.buffer) ?? -1;
        if (line !== undefined && own > 0)
            this.#free.push(...line.splice(0, own));
    }
}
//# sourceMappingURL=read-blocks.js.map