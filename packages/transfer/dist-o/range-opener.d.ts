import { DbsError, type Clock } from '@backset/core';
import type { LinkBook, Network } from './link-source.js';
import { type RangeAnswer } from './range-request.js';
import type { Range } from './ranges.js';
import type { Roads } from './roads.js';
/** What opens ranges is made of. */
export interface OpenerParts {
    readonly links: LinkBook;
    readonly roads: Roads;
    readonly clock: Clock;
    readonly random: () => number;
    readonly silenceMs: number;
    /** Failures in a row without a byte between. */
    readonly maxAttempts: number;
}
/** An answer and the network it came by. */
export type OpenRange = RangeAnswer & {
    readonly network: Network;
    readonly announcedSize: number | undefined;
};
/** Failures of one connection; bytes that come forgive them. */
export declare class Patience {
    #private;
    constructor(parts: Pick<OpenerParts, 'clock' | 'random' | 'maxAttempts'>);
    /**
     * Pauses before the next attempt.
     * @throws the error, when there is none
     */
    after(error: unknown, signal: AbortSignal): Promise<void>;
    forgive(): void;
}
export declare const isTransient: (error: unknown) => error is DbsError;
/** Asks for a range until it is answered: with a fresh link, on the other network, after a pause. */
export declare function openRange({ links, roads, clock, silenceMs }: OpenerParts, patience: Patience, range: Range | undefined, bound: {
    readonly etag: string;
    readonly size: number;
} | undefined, signal: AbortSignal): Promise<OpenRange>;
//# sourceMappingURL=range-opener.d.ts.map