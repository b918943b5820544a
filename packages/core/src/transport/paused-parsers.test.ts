import { createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, type Dispatcher } from 'undici'
import { expect, test } from 'vitest'
import { guardPausedParsers } from './paused-parsers.js'

guardPausedParsers()

interface Heard {
  readonly body: string
  /** undefined: the answer came whole. */
  readonly error: string | undefined
}

/** Asks a host that answers with these texts, and pauses at the head and at each chunk for as long as the host needs to leave. */
async function askPausing(texts: readonly string[], leave: (socket: Socket) => void): Promise<Heard> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', async () => {
      for (const text of texts) {
        socket.write(text)
        await sleep(10)
      }
      leave(socket)
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const agent = new Agent()
  try {
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return await new Promise((resolve) => agent.dispatch({ origin, path: '/', method: 'GET' }, pausing(resolve)))
  } finally {
    await agent.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
}

function hold(controller: Dispatcher.DispatchController): void {
  controller.pause()
  setTimeout(() => controller.resume(), 60)
}

function pausing(resolve: (heard: Heard) => void): Dispatcher.DispatchHandler {
  let body = ''
  return {
    onRequestStart: () => undefined,
    onResponseStart: hold,
    onResponseData: (controller, chunk) => {
      body += chunk.toString()
      hold(controller)
    },
    onResponseEnd: () => resolve({ body, error: undefined }),
    onResponseError: (_controller, error) => resolve({ body, error: (error as NodeJS.ErrnoException).code ?? error.name }),
  }
}

const close = 'HTTP/1.1 200 OK\r\nConnection: close\r\n'
const keep = 'HTTP/1.1 200 OK\r\n'
const end = (socket: Socket): unknown => socket.end()
const reset = (socket: Socket): unknown => socket.resetAndDestroy()

test.each([
  ['behind the head', [`${close}Content-Length: 6\r\n\r\n`], ''],
  ['within the body', [`${close}Content-Length: 6\r\n\r\nabc`], 'abc'],
  ['within the body, under HTTP/1.0', ['HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\n', 'abc'], 'abc'],
  ['within a chunk', [`${close}Transfer-Encoding: chunked\r\n\r\n6\r\nabc`], 'abc'],
  ['between chunks', [`${close}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`], 'abc'],
  ['within a body of a kept connection', [`${keep}Content-Length: 6\r\n\r\nabc`], 'abc'],
])('a host that breaks off %s is told as that', async (_where, texts, body) => {
  for (const leave of [end, reset]) {
    const heard = await askPausing(texts, leave)
    expect(heard.error).toMatch(/^(?:UND_ERR_SOCKET|UND_ERR_RES_CONTENT_LENGTH_MISMATCH|HTTPParserError|ECONNRESET)$/)
    expect(body.startsWith(heard.body)).toBe(true)
  }
})

test.each([
  ['of a length', [`${close}Content-Length: 6\r\n\r\n`, 'abc', 'def'], 'abcdef'],
  ['of length 0', [`${close}Content-Length: 0\r\n\r\n`], ''],
  ['in chunks', [`${close}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`, '3\r\ndef\r\n', '0\r\n\r\n'], 'abcdef'],
  ['until the end', [`${close}\r\nabc`, 'def'], 'abcdef'],
  ['until the end, and empty', [`${close}\r\n`], ''],
  ['of a length, on a kept connection', [`${keep}Content-Length: 6\r\n\r\n`, 'abc', 'def'], 'abcdef'],
])('a body %s is whole when the host has left', async (_what, texts, body) => {
  expect(await askPausing(texts, end)).toEqual({ body, error: undefined })
})
