import type { Network } from './link-source.js';
import type { Road } from './range-request.js';
import { ReadBlocks } from './read-blocks.js';
export interface RoadOptions {
    readonly network: Network | 'auto';
    readonly allowHttp: boolean;
    readonly endpointIsLoopback: boolean;
    readonly silenceMs: number;
    /** Where the proxies are named. */
    readonly env: Readonly<Record<string, string | undefined>>;
}
/** The ways to either network, each with its own guard; opened when first used. */
export declare class Roads implements AsyncDisposable {
    #private;
    /** What comes straight is read into these; through a proxy, into memory of Node's own. */
    readonly blocks: ReadBlocks;
    constructor(options: RoadOptions);
    to(network: Network): Road;
    [Symbol.asyncDispose](): Promise<void>;
}
//# sourceMappingURL=roads.d.ts.map