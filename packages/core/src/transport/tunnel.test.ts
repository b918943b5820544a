import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, test } from 'vitest'
import type { ConnectionError } from '../errors/connection-error.js'
import { openDispatcher } from './dispatcher.js'
import { exchange } from './exchange.js'

/** A proxy that does nothing but what the test says, with how often it was connected to. */
async function oddProxy(behave: (socket: Socket) => void) {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => socket.destroy())
    behave(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    sockets,
    server,
    host: `127.0.0.1:${port}`,
    url: `http://user:CANARY@127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

async function failureOf(env: Readonly<Record<string, string>>, endpoint: string, signal = new AbortController().signal) {
  const dispatcher = openDispatcher(env)
  const signed = { method: 'POST', url: `${endpoint}/`, headers: {}, body: '', canonicalRequest: '', stringToSign: '', signature: '' }
  try {
    return await exchange(dispatcher, signed, { signal }).then(
      () => undefined,
      (error: unknown) => error as ConnectionError,
    )
  } finally {
    await dispatcher.destroy()
  }
}

const answering =
  (text: string) =>
  (socket: Socket): void =>
    void socket.once('data', () => socket.end(text))

test.each<[string, (socket: Socket) => void, string]>([
  ['closes at once', (socket) => void socket.end(), 'connection closed'],
  ['closes when it was asked', answering(''), 'connection closed'],
  ['closes amid its headers', answering('HTTP/1.1 200 OK\r\nVia: a'), 'connection closed'],
  ['resets', (socket) => void socket.resetAndDestroy(), 'ECONNRESET'],
  ['speaks no HTTP', answering('SSH-2.0-OpenSSH\r\n'), 'its answer is no HTTP, or breaks off'],
])('a proxy that %s is asked once, and told', async (_, behave, reason) => {
  for (const scheme of ['http', 'https']) {
    await using proxy = await oddProxy(behave)
    const failure = await failureOf({ HTTP_PROXY: proxy.url }, `${scheme}://dbs.invalid`)
    expect(failure).toMatchObject({
      code: 'unreachable',
      message: `dbs.invalid could not be reached through the proxy ${proxy.host}: ${reason}.`,
      hint: expect.stringContaining('HTTP_PROXY') as string,
      retryable: true,
    })
    expect(failure?.cause).toBeUndefined()
    expect(proxy.sockets).toHaveLength(1)
  }
})

test.each(['http', 'https'])('a tunnel for %s that ends at once is no loop', async (scheme) => {
  await using proxy = await oddProxy(answering('HTTP/1.1 200 OK\r\n\r\n'))
  expect(await failureOf({ HTTP_PROXY: proxy.url }, `${scheme}://dbs.invalid`)).toMatchObject({ code: 'unreachable', retryable: true })
  expect(proxy.sockets).toHaveLength(1)
})

test('a proxy that hangs ends with the signal', async () => {
  await using proxy = await oddProxy(() => undefined)
  const caller = new AbortController()
  proxy.server.once('connection', () => caller.abort())
  expect(await failureOf({ HTTP_PROXY: proxy.url }, 'http://dbs.invalid', caller.signal)).toMatchObject({ code: 'aborted' })
  expect(proxy.sockets).toHaveLength(1)
})

test('nobody at the address of a proxy names its variable', async () => {
  const env = { HTTP_PROXY: 'http://127.0.0.1:2', HTTPS_PROXY: 'http://u:CANARY@127.0.0.1:1' }
  expect(await failureOf(env, 'https://dbs.invalid')).toMatchObject({
    message: 'dbs.invalid could not be reached through the proxy 127.0.0.1:1: ECONNREFUSED.',
    hint: expect.stringMatching(/^Check the proxy that HTTPS_PROXY names/) as string,
  })
  expect(await failureOf(env, 'http://dbs.invalid')).toMatchObject({ hint: expect.stringMatching(/that HTTP_PROXY names/) as string })
})
