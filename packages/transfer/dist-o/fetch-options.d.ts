import type { Clock } from '@backset/core';
import type { LinkSource, Network } from './link-source.js';
export interface FetchFileOptions {
    /** Whose file it is: the file is named after it. */
    readonly taskId: string;
    /** Where the file goes; made when it is missing. */
    readonly folder: string;
    /** Asked at the start, and whenever a link has expired. */
    readonly links: LinkSource;
    /** `auto`: the internal link first, the public one when that cannot be reached. @default 'auto' */
    readonly network?: Network | 'auto' | undefined;
    /** Ranges asked for at once, from 1 to 32. @default 4 */
    readonly connections?: number | undefined;
    /** Fetches even where the file stands already, or another of its name. @default false */
    readonly force?: boolean | undefined;
    /** Permits plain http beyond loopback. @default false */
    readonly allowHttp?: boolean | undefined;
    /** The service itself is asked on this machine, so its links may lead there. @default false */
    readonly endpointIsLoopback?: boolean | undefined;
    /** Milliseconds a host may be silent before it is asked again. @default 30000 */
    readonly silenceMs?: number | undefined;
    /** Failures in a row, without a byte between, after which a connection gives up. @default 5 */
    readonly maxAttempts?: number | undefined;
    /** Where HTTP_PROXY, HTTPS_PROXY and NO_PROXY are looked up. A proxy resolves names itself, so that there only addresses in links are judged. @default {} */
    readonly env?: Readonly<Record<string, string | undefined>> | undefined;
    readonly clock?: Clock | undefined;
    /** Uniform in [0, 1); for pauses. */
    readonly random?: (() => number) | undefined;
    /** Ends it; what has come stays for the next run. */
    readonly signal?: AbortSignal | undefined;
    /** Called many times a second at most speed. */
    readonly onProgress?: ((progress: FetchProgress) => void) | undefined;
}
export interface FetchProgress {
    readonly taskId: string;
    /** Bytes of the file that are here, those of earlier runs included. */
    readonly bytes: number;
    /** Of the whole file. */
    readonly size: number;
    /** Bytes that were here at the start of this run. */
    readonly resumedFrom: number;
    /** Where they come from, with its port. */
    readonly host: string;
    readonly network: Network;
}
export interface FetchedFile {
    readonly taskId: string;
    /** Its path. */
    readonly file: string;
    readonly bytes: number;
    /** Hexadecimal. */
    readonly sha256: string;
    /** Bytes that an earlier run had left in the part, and this one went on from. */
    readonly resumedFrom: number;
    /** It stood there, as its manifest says: nothing was asked. Its hash was computed anew. */
    readonly alreadyThere: boolean;
}
//# sourceMappingURL=fetch-options.d.ts.map