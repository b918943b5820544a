import { randomBytes, randomInt } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type IncomingMessage, onRawStage, rangeOf, sendRange, type ServerResponse, startProxy } from './raw-server.js'

const bytes = randomBytes(10_000_000)

const leaves: Readonly<Record<string, (socket: Socket) => void>> = {
  end: (socket) => void socket.end(),
  reset: (socket) => void socket.resetAndDestroy(),
}

const framings = ['length', 'chunks'] as const

interface Break {
  readonly framing: (typeof framings)[number]
  readonly leave: (socket: Socket) => void
  /** Bytes of the body that come before. */
  readonly behind: number
}

/** Says that the connection will be closed, as most hosts do that mean it, and breaks off within the body. */
async function breakOff(request: IncomingMessage, response: ServerResponse, { framing, leave, behind }: Break): Promise<void> {
  const { from, to } = rangeOf(request, bytes.length) ?? { from: 0, to: bytes.length }
  response.writeHead(request.headers.range === undefined ? 200 : 206, {
    etag: '"1"',
    connection: 'close',
    'content-range': `bytes ${from}-${to - 1}/${bytes.length}`,
    ...(framing === 'length' ? { 'content-length': to - from } : { 'transfer-encoding': 'chunked' }),
  })
  response.flushHeaders()
  if (behind > 0) response.write(bytes.subarray(from, Math.min(from + behind, to - 1)))
  await sleep(20)
  if (request.socket.writable) leave(request.socket)
}

const cases = framings.flatMap((framing) =>
  Object.entries(leaves).flatMap(([how, leave]) => [1, 4].map((connections) => ({ framing, how, leave, connections }))),
)

test.each(cases)('a host that breaks off ($how, by $framing) is asked again by $connections', ({ framing, leave, connections }) => {
  let asked = 0
  return onRawStage(
    (request, response) => {
      asked += 1
      if (asked % 3 !== 0) void breakOff(request, response, { framing, leave, behind: randomInt(2) * randomInt(bytes.length) })
      else sendRange(request, response, bytes, { etag: '"1"', connection: 'close' })
    },
    async ({ fetch, requests }) => {
      const { file } = await fetch({ connections, maxAttempts: 20 })
      expect((await readFile(file)).equals(bytes)).toBe(true)
      expect(requests.length).toBeGreaterThan(connections)
    },
  )
})

test.each(cases)(
  'a host that breaks off behind each head ($how, by $framing) is given up by $connections',
  ({ framing, leave, connections }) =>
    onRawStage(
      (request, response) => void breakOff(request, response, { framing, leave, behind: 0 }),
      async ({ fetch, folder, requests }) => {
        await expect(fetch({ connections })).rejects.toMatchObject({ code: 'unreachable' })
        expect(await readdir(folder)).toEqual([])
        expect(requests.length).toBeGreaterThanOrEqual(5)
      },
    ),
)

const linkElsewhere = async () => ({ internetUrl: 'http://files.example/' })

test('a host behind a proxy that breaks off is asked again', () => {
  let asked = 0
  return onRawStage(
    (request, response) => {
      asked += 1
      if (asked % 2 === 1)
        void breakOff(request, response, { framing: 'length', leave: (socket) => socket.end(), behind: (asked % 4) * 10_000 })
      else sendRange(request, response, bytes, { etag: '"1"', connection: 'close' })
    },
    async ({ fetch, origin }) => {
      await using proxy = await startProxy(origin)
      const { file } = await fetch({ env: proxy.env, allowHttp: true, endpointIsLoopback: false, links: linkElsewhere })
      expect((await readFile(file)).equals(bytes)).toBe(true)
      expect(proxy.asked.length).toBeGreaterThan(2)
    },
  )
})
