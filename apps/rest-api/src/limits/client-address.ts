import type { IncomingMessage } from 'node:http'
import { isIP, isIPv6, type BlockList } from 'node:net'
import { isWithin, plainAddress } from './networks.js'

/** What is known of the other end. */
export interface Client {
  readonly address: string
  /** Whether it came by https, as a proxy that is believed says. */
  readonly isHttps: boolean
  /** The host it asked for. */
  readonly host: string | undefined
}

/**
 * Who asks. What proxies say counts only while the peer is one that is believed: then the client is the rightmost address of `X-Forwarded-For` that is
 * none of them; what stands left of it anybody may have written.
 */
export function clientOf(incoming: IncomingMessage, proxies: BlockList | undefined): Client {
  const peer = plainAddress(incoming.socket.remoteAddress ?? '')
  const { host } = incoming.headers
  if (proxies === undefined || !isWithin(proxies, peer)) return { address: peer, isHttps: false, host }
  const forwardedHost = lastOf(incoming.headers['x-forwarded-host'])
  return {
    address: addressBehind(peer, incoming.headers['x-forwarded-for'], proxies),
    isHttps: lastOf(incoming.headers['x-forwarded-proto'])?.toLowerCase() === 'https',
    host: forwardedHost ?? host,
  }
}

function addressBehind(peer: string, forwardedFor: string | string[] | undefined, proxies: BlockList): string {
  let client = peer
  for (const hop of partsOf(forwardedFor).toReversed()) {
    const address = addressIn(hop)
    if (address === undefined) break // not an address: whoever wrote it is the last one known
    client = address
    if (!isWithin(proxies, address)) break
  }
  return client
}

/** An address without its port: `10.0.0.1:443`, `[fd00::1]:443` and bare ones are met. */
function addressIn(hop: string): string | undefined {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(hop)?.[1] ?? /^([\d.]+):\d+$/.exec(hop)?.[1] ?? hop
  const address = plainAddress(bare)
  return isIP(address) === 0 ? undefined : address
}

const partsOf = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : [value].flat().flatMap((one) => one.split(',').map((part) => part.trim()))

const lastOf = (value: string | string[] | undefined): string | undefined => partsOf(value).at(-1)

/** Whose share of the limit an address draws on: an IPv6 host has a whole /64 to itself. */
export const shareOf = (address: string): string => (isIPv6(address) ? `${sixtyFour(address)}::/64` : address)

function sixtyFour(address: string): string {
  const [head = '', tail] = address.replace(/\d+\.\d+\.\d+\.\d+$/, '0:0').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = tail === undefined ? left : [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right]
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
