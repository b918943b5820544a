import { buildConnector } from 'undici';
export declare const blockBytes: number;
/**
 * Memory that sockets read into again and again. Of its own accord Node takes fresh memory for each read, and its collector then costs a fetch more than
 * the hash of the bytes does.
 *
 * A block is used again when bytes are done with that the same connection read into a later one. Who does not tell loses nothing but speed: then blocks are
 * collected like any memory.
 */
export declare class ReadBlocks {
    #private;
    /** Connects as undici would, to sockets that read into these blocks. */
    connector(options: buildConnector.BuildOptions): buildConnector.connector;
    /**
     * What this chunk's connection read into earlier blocks is done with: written, and looked at by nobody any more.
     * To be called in the order of reading.
     */
    doneUntil(chunk: Buffer): void;
}
//# sourceMappingURL=read-blocks.d.ts.map