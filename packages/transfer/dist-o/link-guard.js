import { lookup as systemLookup } from 'node:dns';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { LinkRefusedError } from './link-refused-error.js';
const listOf = (...subnets) => {
    const list = new BlockList();
    for (const [net, prefix, family] of subnets)
        list.addSubnet(net, prefix, family);
    return list;
};
// RFC 6890 and its registries. 198.18.0.0/15 is left out: proxies that catch all traffic of a machine answer every name with it.
const loopback = listOf(['127.0.0.0', 8, 'ipv4'], ['0.0.0.0', 8, 'ipv4'], ['::1', 128, 'ipv6'], ['::', 128, 'ipv6']);
const never = listOf(['169.254.0.0', 16, 'ipv4'], ['fe80::', 10, 'ipv6'], ['fec0::', 10, 'ipv6'], ['100.100.100.200', 32, 'ipv4'], // the provider's metadata server
['fd00:ec2::254', 128, 'ipv6'], ['224.0.0.0', 4, 'ipv4'], ['240.0.0.0', 4, 'ipv4'], ['ff00::', 8, 'ipv6']);
const inside = listOf(['10.0.0.0', 8, 'ipv4'], ['172.16.0.0', 12, 'ipv4'], ['192.168.0.0', 16, 'ipv4'], ['192.0.0.0', 24, 'ipv4'], ['100.64.0.0', 10, 'ipv4'], ['fc00::', 7, 'ipv6']);
/** Why an address may not be connected to; undefined: it may. */
export function refusedAddress(address, { privateAddresses, loopback: own }) {
    const inner = embeddedV4(address);
    const [judged, family] = inner === undefined ? [address, isIPv6(address) ? 'ipv6' : 'ipv4'] : [inner, 'ipv4'];
    if (never.check(judged, family))
        return `${address} is a link-local, metadata or multicast address`;
    if (loopback.check(judged, family))
        return own ? undefined : `${address} is this machine`;
    if (inside.check(judged, family))
        return own || privateAddresses ? undefined : `${address} is a private address`;
    return undefined;
}
/** The IPv4 address within one of IPv6: mapped, compatible, NAT64, 6to4. */
function embeddedV4(address) {
    if (!isIPv6(address))
        return undefined;
    const words = wordsOf(address);
    const dotted = (at) => {
        const [high = 0, low = 0] = words.slice(at);
        return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
    };
    const head = words.slice(0, 6).join(',');
    if (head === '0,0,0,0,0,65535' || head === '100,65435,0,0,0,0')
        return dotted(6);
    if (head === '0,0,0,0,0,0' && (words[6] ?? 0) !== 0)
        return dotted(6);
    return words[0] === 0x2002 ? dotted(1) : undefined;
}
const words = (text) => (text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16)));
/** Eight numbers of 16 bits. */
function wordsOf(address) {
    // A URL parser writes the dotted form of the end in hexadecimal; a zone is no part of the address.
    const host = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
    const [before = '', after] = host.split('::');
    const [left, right] = [words(before), words(after ?? '')];
    return after === undefined ? left : [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
}
/**
 * Judges what a link says of itself, before anything is resolved: its scheme, and its host where that is an address.
 * @throws LinkRefusedError
 */
export function checkLink(url, permissions) {
    const { protocol, hostname, host } = url;
    if (protocol !== 'https:' && protocol !== 'http:')
        throw new LinkRefusedError(host || '?', `its scheme is ${protocol.slice(0, 20)}`);
    const address = hostname.replace(/^\[(.*)\]$/, '$1');
    const reason = isIP(address) === 0 ? undefined : refusedAddress(address, permissions);
    if (reason !== undefined)
        throw new LinkRefusedError(host, reason);
    if (protocol === 'http:' && !permissions.http && !(permissions.loopback && isLoopbackName(address)))
        throw new LinkRefusedError(host, 'it is plain http', 'Anybody between could read and change the file. `--allow-http` permits it.');
}
const isLoopbackName = (host) => /^(?:[^.]+\.)*localhost\.?$/i.test(host) ||
    (isIP(host) !== 0 && loopback.check(embeddedV4(host) ?? host, isIPv6(host) && embeddedV4(host) === undefined ? 'ipv6' : 'ipv4'));
/**
 * A look-up for sockets: the addresses that are judged are the ones that are connected to, so a name cannot show one address here and another there.
 * One refused address among several refuses all: no honest host has both.
 */
export const guardedLookup = (permissions, lookup = systemLookup) => (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
        if (error !== null)
            return callback(error, []);
        const addresses = found;
        const reason = addresses.map(({ address }) => refusedAddress(address, permissions)).find((one) => one !== undefined);
        if (reason !== undefined)
            return callback(new LinkRefusedError(hostname, reason), []);
        const [first] = addresses;
        if (options.all === true || first === undefined)
            callback(null, [...addresses]);
        else
            callback(null, first.address, first.family);
    });
};
//# sourceMappingURL=link-guard.js.map