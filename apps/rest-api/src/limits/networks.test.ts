import { expect, test } from 'vitest'
import { isLoopback, isWithin, networks, plainAddress } from './networks.js'

test.each(['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1'])('%s is this machine', (address) => {
  expect(isLoopback(address)).toBe(true)
})

test.each(['0.0.0.0', '::', '10.0.0.1', '128.0.0.1', '::2', '::ffff:0.0.0.0', 'fe80::1%lo', '', 'localhost', '127.1', '2130706433'])(
  '%j is not this machine alone',
  (address) => {
    expect(isLoopback(address)).toBe(false)
  },
)

test('addresses and networks of both families are proxies', () => {
  const block = networks.read(['10.0.0.7,192.168.0.0/16', 'fd00::/8'], '--trust-proxy')
  expect(['10.0.0.7', '192.168.255.1', 'fd12::1'].map((address) => isWithin(block, address))).toEqual([true, true, true])
  expect(['10.0.0.8', '192.169.0.1', 'fe80::1', '', 'nonsense'].map((address) => isWithin(block, address))).toEqual([
    false,
    false,
    false,
    false,
    false,
  ])
})

test.each(['nginx', '10.0.0', '10.0.0.0/33', 'fd00::/129', '10.0.0.0/8/8', '/8', '10.0.0.0/'])('%s is no network', (text) => {
  expect(() => networks.read(text, '--trust-proxy')).toThrowError(
    expect.objectContaining({ code: 'invalid-input', field: '--trust-proxy' }),
  )
})

test('an address is plain without the clothes of a socket', () => {
  expect(['::ffff:10.0.0.1', 'fe80::1%eth0', '10.0.0.1', 'fd00::1'].map(plainAddress)).toEqual([
    '10.0.0.1',
    'fe80::1',
    '10.0.0.1',
    'fd00::1',
  ])
})
