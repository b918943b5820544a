import { BlockList, isIP, isIPv4 } from 'node:net'
import { InputError } from '@backset/core'
import { list, type Kind } from '@backset/settings'

const family = (address: string) => (isIPv4(address) ? 'ipv4' : 'ipv6')

/** An address as one host has one: IPv4 in the clothes of IPv6 (`::ffff:10.0.0.1`, as a socket for both shows it) is IPv4, and a zone is left out. */
export const plainAddress = (address: string): string => address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')

/** Addresses and networks, `10.0.0.7`, `10.0.0.0/8` or `fd00::/8`, repeated or separated by commas. */
export const networks: Kind<BlockList> = {
  form: 'list',
  takes: 'ADDRESS',
  read(input, source) {
    const block = new BlockList()
    for (const text of list('ADDRESS').read(input, source)) add(block, text, source)
    return block
  },
}

function add(block: BlockList, text: string, source: string): void {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const most = isIPv4(address) ? 32 : 128
  if (isIP(address) === 0 || Number(bits ?? most) > most) {
    throw new InputError(`${source} has ${JSON.stringify(text)}, which is no address and no network.`, {
      field: source,
      hint: 'Write them as 10.0.0.7, 10.0.0.0/8 or fd00::/8; names are not looked up.',
    })
  }
  block.addSubnet(address, Number(bits ?? most), family(address))
}

/** Whether an address lies within. */
export const isWithin = (block: BlockList, address: string): boolean => isIP(address) !== 0 && block.check(address, family(address))

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Whether an address is this machine speaking to itself. 0.0.0.0 and :: are not: they are every address. */
export const isLoopback = (address: string): boolean => isWithin(loopback, plainAddress(address))
