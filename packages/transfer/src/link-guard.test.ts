import type { lookup } from 'node:dns'
import { expect, test } from 'vitest'
import { checkLink, guardedLookup, refusedAddress, type Permissions } from './link-guard.js'

const internet: Permissions = { privateAddresses: false, loopback: false, http: false }
const intranet: Permissions = { ...internet, privateAddresses: true }
const emulated: Permissions = { ...internet, loopback: true }

test.each(['8.8.8.8', '47.96.0.1', '172.32.0.1', '100.128.0.1', '2400:3200::1', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
  '%s is public',
  (address) => {
    expect(refusedAddress(address, internet)).toBeUndefined()
  },
)

test.each([
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '100.64.0.1',
  '100.118.3.4',
  'fd12::1',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
  '2002:a00:1::1',
])('%s is for the internal link alone', (address) => {
  expect(refusedAddress(address, internet)).toContain('private')
  expect(refusedAddress(address, intranet)).toBeUndefined()
})

test.each(['127.0.0.1', '127.9.9.9', '0.0.0.0', '::1', '::', '::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1'])(
  '%s is for an endpoint on this machine alone',
  (address) => {
    expect(refusedAddress(address, internet)).toContain('this machine')
    expect(refusedAddress(address, intranet)).toContain('this machine')
    expect(refusedAddress(address, emulated)).toBeUndefined()
  },
)

test.each([
  '169.254.169.254',
  '100.100.100.200',
  'fe80::1',
  'fe80::1%eth0',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '224.0.0.1',
  '255.255.255.255',
  'ff02::1',
  'fd00:ec2::254',
])('%s is for nobody', (address) => {
  for (const permissions of [internet, intranet, emulated]) expect(refusedAddress(address, permissions)).toContain('link-local')
})

test.each([
  'ftp://example.com/',
  'file:///etc/passwd',
  'data:text/html,x',
  'http://example.com/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'http://localhost/',
  'https://10.1.2.3/',
])('%s is refused, and its query not told', (link) => {
  const url = new URL(`${link}?Signature=sesame`)
  expect(() => checkLink(url, internet)).toThrow(
    expect.objectContaining({ code: 'link-refused', message: expect.not.stringContaining('sesame') }),
  )
})

test.each([
  ['https://example.com/', internet],
  ['https://8.8.8.8/', internet],
  ['http://example.com/', { ...internet, http: true }],
  ['http://127.0.0.1:8080/', emulated],
  ['http://[::1]:8080/', emulated],
  ['http://localhost:8080/', emulated],
  ['https://10.1.2.3/', intranet],
] as const)('%s is followed where it may be', (link, permissions) => {
  expect(() => checkLink(new URL(link), permissions)).not.toThrow()
})

/** A resolver with one answer. */
const answering = (...addresses: readonly string[]): typeof lookup =>
  ((_name: string, _options: object, callback: (error: null, found: object[]) => void) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as unknown as typeof lookup

const resolve = (permissions: Permissions, all: boolean, ...addresses: readonly string[]): Promise<unknown> =>
  new Promise((done, fail) =>
    guardedLookup(permissions, answering(...addresses))('files.example', { all }, (error, found) =>
      error === null ? done(found) : fail(error),
    ),
  )

test('a name is judged by what it resolves to', async () => {
  expect(await resolve(internet, true, '8.8.8.8', '2400:3200::1')).toEqual([
    { address: '8.8.8.8', family: 4 },
    { address: '2400:3200::1', family: 6 },
  ])
  expect(await resolve(internet, false, '8.8.8.8')).toBe('8.8.8.8')
  await expect(resolve(internet, true, '127.0.0.1')).rejects.toMatchObject({
    code: 'link-refused',
    message: expect.stringContaining('files.example'),
  })
  await expect(resolve(internet, true, '8.8.8.8', '10.0.0.1')).rejects.toMatchObject({ code: 'link-refused' })
  expect(await resolve(intranet, false, '100.118.3.4')).toBe('100.118.3.4')
})
