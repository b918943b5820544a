import { type Clock } from '@backset/core';
import type { StaleLink } from './setbacks.js';
/** Where a task's file lies now. */
export interface Links {
    readonly internetUrl?: string | undefined;
    readonly intranetUrl?: string | undefined;
    /** Bytes of the file itself, where they are known for sure; another size is refused. DBS's `backupSetDataSize` is that of the data in it. */
    readonly size?: number | undefined;
}
/** Asks for links anew: those of a task expire. What it throws ends the fetch. */
export type LinkSource = (signal: AbortSignal) => Promise<Links>;
export type Network = 'internet' | 'intranet';
/** A link that is in use. */
export interface UsedLink {
    readonly link: string;
    readonly network: Network;
    readonly size: number | undefined;
}
/** The link that all connections use, and the next one when it fails: internal first, public as fallback, a fresh one when it has expired. */
export declare class LinkBook {
    #private;
    constructor(source: LinkSource, network: Network | 'auto', clock: Clock, random: () => number);
    /** @throws DbsError `not-found` when there is no link */
    current(signal: AbortSignal): Promise<UsedLink>;
    /**
     * The host refused this link: the next one is asked for.
     * @throws DbsError when fresh ones were refused, too
     */
    stale(used: UsedLink, refusal: StaleLink): void;
    /**
     * The host cannot be reached: the links are asked for anew, for it may have moved.
     * @returns whether another network is tried at once
     */
    unreachable(used: UsedLink): boolean;
    /** Bytes came: what failed before is over. */
    worked(): void;
}
//# sourceMappingURL=link-source.d.ts.map