import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { Agent, type Dispatcher } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { httpAnswer, startRawServer, type RawRequest } from '../../test/raw-server.js'
import { ConnectionError } from '../errors/connection-error.js'
import { exchange } from './exchange.js'
import type { SignedRequest } from './signed-request.js'

let dispatcher: Agent
beforeAll(() => void (dispatcher = new Agent()))
afterAll(() => dispatcher.destroy())

const requestTo = (origin: string): SignedRequest => ({
  method: 'POST',
  url: `${origin}/?Secret=CANARY`,
  headers: { authorization: 'CANARY' },
  body: '',
  canonicalRequest: '',
  stringToSign: '',
  signature: 'CANARY',
})

interface Asked {
  readonly maxBytes?: number
  readonly signal?: AbortSignal
}

async function ask(
  answer: Buffer | ((socket: Socket, request: RawRequest) => void),
  { signal = AbortSignal.timeout(10_000), ...bounds }: Asked = {},
) {
  await using server = await startRawServer(typeof answer === 'function' ? answer : (socket) => socket.write(answer))
  return await exchange(dispatcher, requestTo(server.url.origin), { signal, ...bounds })
}

const failure = async (...asked: Parameters<typeof ask>): Promise<unknown> =>
  ask(...asked).then(
    () => expect.unreachable('it should fail'),
    (error: unknown) => {
      expect(JSON.stringify([String(error), error])).not.toContain('CANARY')
      return error
    },
  )

const text = '{"a":"中𠮷"}'
const gzip = ['content-encoding: gzip']

describe('an answer', () => {
  test('comes with status, headers and bytes', async () => {
    const { httpStatus, headers, bytes } = await ask(httpAnswer(text, ['X-Acs-Request-Id: R', 'x-a: 1', 'x-a: 2'], '404 Not Found'))
    expect({ httpStatus, text: Buffer.from(bytes).toString() }).toEqual({ httpStatus: 404, text })
    expect(headers).toMatchObject({ 'x-acs-request-id': 'R', 'x-a': '1, 2' })
  })

  test.each(['gzip', 'x-gzip', 'GZIP'])('is unpacked from %s', async (encoding) => {
    const { bytes } = await ask(httpAnswer(gzipSync(text), [`content-encoding: ${encoding}`]))
    expect(Buffer.from(bytes).toString()).toBe(text)
  })

  test('asks for gzip and nothing else', async () => {
    let asked: RawRequest | undefined
    await ask((socket, request) => {
      asked = request
      socket.write(httpAnswer(text))
    })
    expect(asked?.headers.filter(([name]) => /encoding/i.test(name))).toEqual([['accept-encoding', 'gzip']])
  })

  test('may come in pieces', async () => {
    const { bytes } = await ask((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n')
      for (const char of Buffer.from(text)) socket.write(Buffer.concat([Buffer.from('1\r\n'), Buffer.of(char), Buffer.from('\r\n')]))
      socket.write('0\r\n\r\n')
    })
    expect(Buffer.from(bytes).toString()).toBe(text)
  })

  test('that redirects is not followed', async () => {
    await using other = await startRawServer((socket) => socket.write(httpAnswer('{}')))
    const { httpStatus } = await ask(httpAnswer('', [`location: ${other.url.href}`], '302 Found'))
    expect(httpStatus).toBe(302)
    expect(other.requests).toEqual([])
  })
})

const endless = (socket: Socket): void => {
  socket.write('HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n')
  const more = (): void => void (socket.destroyed || socket.write(Buffer.alloc(65_536), more))
  more()
}

describe('an answer that is too large', () => {
  const tooLarge = { code: 'answer-too-large', retryable: false }

  test('is given up while it comes', async () => {
    expect(await failure(endless, { maxBytes: 2 ** 20 })).toMatchObject(tooLarge)
  })

  test('is given up while it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20))
    expect(bomb.byteLength).toBeLessThan(100_000)
    expect(await failure(httpAnswer(bomb, gzip))).toMatchObject({ ...tooLarge, message: 'The answer is larger than 32 MiB.' })
  })

  test('begins behind the bound', async () => {
    expect((await ask(httpAnswer('x'.repeat(1000)), { maxBytes: 1000 })).bytes.byteLength).toBe(1000)
    expect((await ask(httpAnswer(gzipSync('x'.repeat(1000)), gzip), { maxBytes: 1000 })).bytes.byteLength).toBe(1000)
    expect(await failure(httpAnswer('x'.repeat(1001)), { maxBytes: 1000 })).toMatchObject(tooLarge)
    expect(await failure(httpAnswer(gzipSync('x'.repeat(1001)), gzip), { maxBytes: 1000 })).toMatchObject(tooLarge)
  })
})

describe('an answer that is not whole', () => {
  const cut = { code: 'unreadable-answer', retryable: true, httpStatus: 200 }

  test.each([
    ['by its length', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"a"')],
    ['between its chunks', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\n{"a"\r\n')],
    ['within its gzip', (socket: Socket) => socket.write(httpAnswer(gzipSync(text).subarray(0, -12), gzip))],
    ['in place of its gzip', (socket: Socket) => socket.write(httpAnswer(text, gzip))],
  ])('is told when cut %s', async (_, answer) => {
    expect(await failure(answer)).toMatchObject(cut)
  })

  test('or packed as nobody asked is refused', async () => {
    expect(await failure(httpAnswer(brotliCompressSync(text), ['content-encoding: br']))).toMatchObject({
      code: 'unreadable-answer',
      message: 'The answer is encoded as br, which was not asked for.',
      retryable: false,
    })
  })
})

describe('a connection that fails', () => {
  test('because nobody listens is told by the system’s word', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    server.close()
    await once(server, 'close')
    const origin = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
    const error: unknown = await exchange(dispatcher, requestTo(origin), { signal: AbortSignal.timeout(10_000) }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).not.toHaveProperty('cause') // undici's may quote a proxy's password
    expect(error).toMatchObject({ code: 'unreachable', reason: 'ECONNREFUSED', retryable: true })
    expect((error as Error).message).toContain(new URL(origin).host)
  })

  test.each([
    ['closed before an answer', (socket: Socket) => socket.destroy()],
    ['reset before an answer', (socket: Socket) => socket.resetAndDestroy()],
    ['answered with noise', (socket: Socket) => socket.write('\u0000noise\r\n\r\n')],
  ])('%s is retryable', async (_, answer) => {
    expect(await failure(answer)).toMatchObject({ code: 'unreachable', retryable: true })
  })
})

describe('an abort', () => {
  test('before the answer ends the request', async () => {
    const controller = new AbortController()
    expect(await failure(() => controller.abort('enough'), controller)).toMatchObject({ code: 'aborted', cause: 'enough' })
  })

  test('within the answer ends it too', async () => {
    const controller = new AbortController()
    const begin = (socket: Socket): void => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"a"', () => setImmediate(() => controller.abort()))
    }
    expect(await failure(begin, controller)).toMatchObject({ code: 'aborted' })
  })

  test('with an error of ours throws that error', async () => {
    const controller = new AbortController()
    const late = new ConnectionError('h', 'no answer', { timedOut: true })
    expect(await failure(() => controller.abort(late), controller)).toBe(late)
  })

  test('in advance sends nothing', async () => {
    await using server = await startRawServer((socket) => socket.write(httpAnswer('{}')))
    await expect(exchange(dispatcher, requestTo(server.url.origin), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'aborted',
    })
    expect(server.requests).toEqual([])
  })
})

test('a connection serves again after each answer', async () => {
  const connections = new Set<Socket>()
  await using server = await startRawServer((socket) => {
    connections.add(socket)
    socket.write(httpAnswer(text, [], connections.size === 1 ? '502 Bad Gateway' : '200 OK'))
  })
  for (let i = 0; i < 5; i++) await exchange(dispatcher, requestTo(server.url.origin), { signal: AbortSignal.timeout(10_000) })
  expect(server.requests).toHaveLength(5)
  expect(connections.size).toBeLessThanOrEqual(2) // undici may open a second before it has seen the first fall idle
})

test('a dispatcher that does not hear the signal keeps nobody', async () => {
  const deaf = { request: () => new Promise(() => undefined) } as unknown as Dispatcher // as undici's while it connects
  const caller = new AbortController()
  const work = exchange(deaf, requestTo('http://dbs.invalid'), { signal: caller.signal })
  caller.abort()
  await expect(work).rejects.toMatchObject({ code: 'aborted' })
})
