import type { Dispatcher } from 'undici';
export interface HttpGet {
    readonly origin: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    /** How long the host may be silent, before its head and between two chunks, milliseconds. */
    readonly silenceMs: number;
    readonly signal: AbortSignal;
}
/** Takes a chunk; while its promise is pending nothing more is read, and the host has to wait. */
export type TakeChunk = (chunk: Buffer) => Promise<void> | undefined;
/** An answer's head. Its body waits in the connection until it is delivered, once, or closed. */
export interface HttpAnswer {
    readonly statusCode: number;
    readonly headers: Headers;
    /** Resolves at the end of the body; rejects with what `take` throws, with undici's error, or as aborted; in any case when no `take` runs any more. */
    readonly deliver: (take: TakeChunk) => Promise<void>;
    readonly close: () => void;
}
export type Headers = Readonly<Record<string, string | string[] | undefined>>;
/**
 * A GET whose body is handed on as it is parsed. The streams that undici's `request` puts between cost about as much as the hash of the bytes.
 * Rejects with undici's error, or as aborted; no status is an error here.
 */
export declare function httpGet(dispatcher: Dispatcher, { origin, path, headers, silenceMs, signal }: HttpGet): Promise<HttpAnswer>;
//# sourceMappingURL=http-get.d.ts.map