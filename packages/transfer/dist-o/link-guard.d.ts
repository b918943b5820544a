import { lookup as systemLookup } from 'node:dns';
import { type LookupFunction } from 'node:net';
/** What a link may lead to beside public addresses over https. */
export interface Permissions {
    /** Private, unique-local and carrier-grade addresses: the internal link, which leads into the provider's own network (100.64.0.0/10 there). */
    readonly privateAddresses: boolean;
    /** This machine; private addresses too. The service itself is asked there. */
    readonly loopback: boolean;
    /** Plain http beyond loopback. */
    readonly http: boolean;
}
/** Why an address may not be connected to; undefined: it may. */
export declare function refusedAddress(address: string, { privateAddresses, loopback: own }: Permissions): string | undefined;
/**
 * Judges what a link says of itself, before anything is resolved: its scheme, and its host where that is an address.
 * @throws LinkRefusedError
 */
export declare function checkLink(url: URL, permissions: Permissions): void;
/**
 * A look-up for sockets: the addresses that are judged are the ones that are connected to, so a name cannot show one address here and another there.
 * One refused address among several refuses all: no honest host has both.
 */
export declare const guardedLookup: (permissions: Permissions, lookup?: typeof systemLookup) => LookupFunction;
//# sourceMappingURL=link-guard.d.ts.map