import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { clientOf, shareOf } from './client-address.js'
import { networks } from './networks.js'

const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage
const proxies = networks.read('10.0.0.0/8,fd00::/8', '--trust-proxy')

test.each([
  ['the peer, where no proxy is believed', '203.0.113.9', '198.51.100.1', undefined, '203.0.113.9'],
  ['the peer, where it is none that is believed', '203.0.113.9', '198.51.100.1', proxies, '203.0.113.9'],
  ['what a believed proxy says', '10.0.0.1', '198.51.100.1', proxies, '198.51.100.1'],
  ['the rightmost that is not believed, not what the client wrote', '10.0.0.1', '1.2.3.4, 198.51.100.1, 10.0.0.2', proxies, '198.51.100.1'],
  ['the first proxy, where all are believed', '10.0.0.1', '10.0.0.3, 10.0.0.2', proxies, '10.0.0.3'],
  ['the last one known, where nonsense follows', '10.0.0.1', '198.51.100.1, unknown, 10.0.0.2', proxies, '10.0.0.2'],
  ['the peer, where the header is empty', '10.0.0.1', '', proxies, '10.0.0.1'],
  ['an address without its port', '10.0.0.1', '198.51.100.1:4711', proxies, '198.51.100.1'],
  ['one of IPv6 in brackets', 'fd00::1', '[2001:db8::1]:4711', proxies, '2001:db8::1'],
  ['a peer in the clothes of IPv6', '::ffff:10.0.0.1', '198.51.100.1', proxies, '198.51.100.1'],
])('the client is %s', (_, peer, forwardedFor, believed, address) => {
  expect(clientOf(from(peer, { 'x-forwarded-for': forwardedFor }), believed).address).toBe(address)
})

test('https and host are believed of a proxy alone', () => {
  const headers = { host: 'inner:8787', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'backset.example.com' }
  expect(clientOf(from('10.0.0.1', headers), proxies)).toMatchObject({ isHttps: true, host: 'backset.example.com' })
  expect(clientOf(from('203.0.113.9', headers), proxies)).toMatchObject({ isHttps: false, host: 'inner:8787' })
  expect(clientOf(from('10.0.0.1', headers), undefined)).toMatchObject({ isHttps: false, host: 'inner:8787' })
})

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::ffff', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::1:2:3:4:5.6.7.8', '0:0:1:2::/64'],
])('%s draws on the share of %s', (address, share) => {
  expect(shareOf(address)).toBe(share)
})
