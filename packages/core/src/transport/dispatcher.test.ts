import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { InputError } from '../errors/input-error.js'
import { openDispatcher } from './dispatcher.js'
import { exchange } from './exchange.js'
import { signedRequest } from './signed-request.js'

const request = (endpoint: string) =>
  signedRequest(
    { action: 'DescribeRegions', version: '2019-03-06', safety: 'read', parameters: {} },
    { endpoint: new URL(endpoint), signature: 'v3', method: 'POST', wire: 'json', userAgent: 'backset' },
    { credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' }, date: new Date(0), nonce: 'n' },
  )

async function ask(env: Readonly<Record<string, string>>, endpoint: string): Promise<string> {
  const dispatcher = openDispatcher(env)
  try {
    return Buffer.from((await exchange(dispatcher, request(endpoint), { signal: AbortSignal.timeout(10_000) })).bytes).toString()
  } finally {
    await dispatcher.destroy()
  }
}

// Without a network the resolver has no answer, instead of a bad one.
const notResolved = expect.stringMatching(/^(?:ENOTFOUND|EAI_AGAIN)$/) as string

afterEach(() => vi.unstubAllEnvs())

/** A proxy on loopback; wherever a tunnel should lead, it leads to `behind`, or to a server that answers `{}`. */
async function startProxy({ status = 200, behind: target = 0 } = {}) {
  const tunnels: string[] = []
  const passwords: (string | undefined)[] = []
  const server = createServer((_, response) => response.end('{}'))
  server.on('connect', (asked, socket) => {
    tunnels.push(String(asked.url))
    passwords.push(asked.headers['proxy-authorization'])
    socket.on('error', () => socket.destroy())
    if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
    const behind = connect(target === 0 ? port : target, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'))
    behind.on('error', () => socket.destroy())
    return behind.pipe(socket).pipe(behind)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    tunnels,
    passwords,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

test.each([
  ['HTTP_PROXY', 'http://'],
  ['http_proxy', 'http://'],
  ['HTTP_PROXY', ''],
])('%s with %j before the host is gone through', async (name, scheme) => {
  await using proxy = await startProxy()
  expect(await ask({ [name]: `${scheme}user:p%40ss@127.0.0.1:${proxy.port}` }, 'http://dbs.invalid')).toBe('{}')
  expect(proxy.tunnels).toEqual(['dbs.invalid:80'])
  expect(proxy.passwords).toEqual([`Basic ${Buffer.from('user:p@ss').toString('base64')}`])
})

test('https goes to HTTPS_PROXY, and else to HTTP_PROXY', async () => {
  await using plain = await startProxy({ status: 502 })
  await using secure = await startProxy({ status: 502 })
  const HTTP_PROXY = `http://127.0.0.1:${plain.port}`
  await expect(ask({ HTTP_PROXY, HTTPS_PROXY: `http://127.0.0.1:${secure.port}` }, 'https://dbs.invalid')).rejects.toThrow('HTTP 502')
  expect([plain.tunnels, secure.tunnels]).toEqual([[], ['dbs.invalid:443']])
  await expect(ask({ HTTP_PROXY }, 'https://dbs.invalid')).rejects.toThrow('HTTP 502')
  expect(plain.tunnels).toEqual(['dbs.invalid:443'])
})

test.each(['dbs.invalid', '.invalid', '*.invalid', 'x, dbs.invalid:80', '*', 'a *'])('NO_PROXY %j goes past the proxy', async (names) => {
  await using proxy = await startProxy()
  await expect(ask({ HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: names }, 'http://dbs.invalid')).rejects.toMatchObject({
    code: 'unreachable',
    reason: notResolved,
  })
  expect(proxy.tunnels).toEqual([])
})

test.each(['other.invalid', 'dbs.invalid:81', 'bs.invalid', ''])('NO_PROXY %j is about others', async (names) => {
  await using proxy = await startProxy()
  expect(await ask({ HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, no_proxy: names }, 'http://dbs.invalid')).toBe('{}')
})

test('loopback is reached without the proxy', async () => {
  await using proxy = await startProxy()
  await using server = await startProxy()
  expect(await ask({ HTTP_PROXY: `http://127.0.0.1:${proxy.port}` }, `http://127.0.0.1:${server.port}`)).toBe('{}')
  expect(proxy.tunnels).toEqual([])
})

test('the variables of the process are not read', async () => {
  await using server = await startProxy()
  for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy']) vi.stubEnv(name, 'http://127.0.0.1:1')
  for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '')
  expect(await ask({}, `http://127.0.0.1:${server.port}`)).toBe('{}')
  await expect(ask({ HTTPS_PROXY: 'http://127.0.0.1:1' }, 'http://dbs.invalid')).rejects.toMatchObject({ reason: notResolved })
})

test('a certificate is checked whatever the process is told', async () => {
  const pem = readFileSync(new URL('../../test/fixtures/self-signed.pem', import.meta.url)) // its key is public, and guards nothing
  const server = createTlsServer({ key: pem, cert: pem }, (_, response) => response.end('{}'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await using proxy = await startProxy({ behind: port })
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  using _ = vi.spyOn(process, 'emitWarning').mockReturnValue() // Node warns of the variable
  const refused = { code: 'unreachable', reason: 'DEPTH_ZERO_SELF_SIGNED_CERT', retryable: false }
  try {
    await expect(ask({}, `https://127.0.0.1:${port}`)).rejects.toMatchObject(refused)
    await expect(ask({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` }, 'https://dbs.invalid')).rejects.toMatchObject(refused)
    expect(proxy.tunnels).toEqual(['dbs.invalid:443'])
  } finally {
    server.close()
  }
})

test.each([
  [407, false, 'user and password'],
  [403, false, 'proxy'],
  [502, true, 'proxy'],
])('a proxy that answers %i is named', async (status, retryable, hint) => {
  await using proxy = await startProxy({ status })
  const failure: unknown = await ask({ HTTP_PROXY: `http://u:CANARY@127.0.0.1:${proxy.port}` }, 'http://dbs.invalid').catch(
    (error: unknown) => error,
  )
  expect(failure).toMatchObject({
    code: 'unreachable',
    retryable,
    reason: `the proxy answered HTTP ${status}`,
    hint: expect.stringContaining(hint) as string,
  })
  expect(String(failure)).not.toContain('CANARY')
})

test.each(['socks5://u:CANARY@h:1', 'http://', 'http://u:CANARY%@h:1', 'ftp://u:CANARY@h', 'http://u:CANARY@h:99999'])(
  'the proxy %j is refused unquoted',
  (value) => {
    const open = () => openDispatcher({ HTTPS_PROXY: value })
    expect(open).toThrow(InputError)
    expect(open).toThrow('HTTPS_PROXY is no proxy address.')
    expect(open).not.toThrow(/CANARY/)
  },
)
