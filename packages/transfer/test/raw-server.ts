import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fetchFile, type FetchedFile, type FetchFileOptions } from '../src/index.js'

export type { IncomingMessage, ServerResponse }

export interface RawStage {
  /** Of the server. */
  readonly origin: string
  readonly folder: string
  readonly fetch: (options?: Partial<FetchFileOptions>) => Promise<FetchedFile>
  readonly requests: readonly IncomingMessage[]
}

/** A server that answers as the test says, and a folder, for the time of a test. */
export async function onRawStage<Result>(answer: RequestListener, play: (stage: RawStage) => Promise<Result>): Promise<Result> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const folder = await mkdtemp(join(tmpdir(), 'transfer-'))
  const links: FetchFileOptions['links'] = async () => ({ internetUrl: `${origin}/file?Signature=sesame` })
  try {
    return await play({
      origin,
      folder,
      requests,
      fetch: (more = {}) => fetchFile({ taskId: 'task', folder, links, endpointIsLoopback: true, random: () => 0, ...more }),
    })
  } finally {
    server.closeAllConnections()
    server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The range of a request, from its first to before its last byte. */
export function rangeOf({ headers: { range } }: IncomingMessage, size: number): { from: number; to: number } | undefined {
  const [, from, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? []
  return from === undefined ? undefined : { from: Number(from), to: Math.min(Number(last) + 1, size) }
}

/** Answers a range of these bytes as it should be. */
export function sendRange(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
  headers: Record<string, string> = { etag: '"1"' },
): void {
  const range = rangeOf(request, bytes.length)
  const { from, to } = range ?? { from: 0, to: bytes.length }
  response.writeHead(range === undefined ? 200 : 206, {
    ...headers,
    'content-length': to - from,
    ...(range === undefined ? {} : { 'content-range': `bytes ${from}-${to - 1}/${bytes.length}` }),
  })
  response.end(bytes.subarray(from, to))
}

export interface ProxyStage extends AsyncDisposable {
  /** Where the proxy is named. */
  readonly env: Readonly<Record<string, string>>
  /** Host and port of each tunnel. */
  readonly asked: readonly (string | undefined)[]
}

/** A proxy whose tunnels all lead to one server, whatever they are dug to. */
export async function startProxy(origin: string): Promise<ProxyStage> {
  const asked: (string | undefined)[] = []
  const proxy = createServer().on('connect', ({ url }: IncomingMessage, socket: Duplex) => {
    asked.push(url)
    const onwards = connect(Number(new URL(origin).port), '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'))
    onwards.pipe(socket).pipe(onwards)
    onwards.on('error', () => socket.destroy())
    socket.on('error', () => onwards.destroy())
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return {
    env: { HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` },
    asked,
    [Symbol.asyncDispose]: async () => {
      proxy.closeAllConnections()
      await new Promise((resolve) => proxy.close(resolve))
    },
  }
}
