import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** One request as it came over the socket. */
export interface RawRequest {
  readonly requestLine: string
  /** Names as sent, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}

export interface RawServer extends AsyncDisposable {
  readonly url: URL
  readonly requests: RawRequest[]
}

/** A server on loopback that knows of HTTP only where a request ends: what it shows are the bytes, and what it answers is up to the test. */
export async function startRawServer(answer: (socket: Socket, request: RawRequest) => void): Promise<RawServer> {
  const requests: RawRequest[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let pending = Buffer.alloc(0)
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk])
      for (let taken = takeRequest(pending); taken !== undefined; taken = takeRequest(pending)) {
        pending = pending.subarray(taken.length)
        requests.push(taken.request)
        answer(socket, taken.request)
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    requests,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function takeRequest(bytes: Buffer): { request: RawRequest; length: number } | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end === -1) return undefined
  const [requestLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const headers = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const)
  const size = Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0)
  const length = end + 4 + size
  return bytes.length < length ? undefined : { request: { requestLine, headers, body: bytes.toString('utf8', end + 4, length) }, length }
}

/** A whole answer with its length. */
export const httpAnswer = (body: string | Buffer, head: readonly string[] = [], status = '200 OK'): Buffer =>
  Buffer.concat([
    Buffer.from([`HTTP/1.1 ${status}`, `content-length: ${Buffer.byteLength(body)}`, ...head, '', ''].join('\r\n')),
    Buffer.from(body),
  ])
