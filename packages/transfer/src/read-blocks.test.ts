import { readFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { Agent } from 'undici'
import { expect, test } from 'vitest'
import { httpGet, type TakeChunk } from './http-get.js'
import { blockBytes, ReadBlocks } from './read-blocks.js'

const pem = readFileSync(new URL('../../core/test/fixtures/self-signed.pem', import.meta.url)) // its key is public, and guards nothing

const servers: readonly (readonly [scheme: string, create: (listener: RequestListener) => Server])[] = [
  ['http', (listener) => createServer(listener)],
  ['https', (listener) => createTlsServer({ key: pem, cert: pem }, listener)],
]

interface Stage {
  readonly blocks: ReadBlocks
  readonly get: (path: string, take: TakeChunk) => Promise<void>
}

async function onStage(
  create: (listener: RequestListener) => Server,
  listener: RequestListener,
  play: (stage: Stage) => Promise<void>,
  connections: number | null = null,
) {
  const server = create(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const scheme = server.listenerCount('secureConnection') > 0 ? 'https' : 'http'
  // By its name, which may be two addresses of which one answers.
  const origin = `${scheme}://localhost:${(server.address() as AddressInfo).port}`
  const blocks = new ReadBlocks()
  const agent = new Agent({ pipelining: 1, connections, connect: blocks.connector({ rejectUnauthorized: false }) })
  const signal = AbortSignal.timeout(20_000)
  try {
    const get: Stage['get'] = async (path, take) =>
      (await httpGet(agent, { origin, path, headers: {}, silenceMs: 5000, signal })).deliver(take)
    await play({ blocks, get })
  } finally {
    await agent.destroy()
    server.closeAllConnections()
    server.close()
  }
}

/** Bytes that tell where they belong. */
const bytesOf = (name: number, length: number): Buffer => {
  const bytes = Buffer.alloc(length)
  for (let at = 0; at + 4 <= length; at += 4) bytes.writeUInt32LE(((name << 28) | at) >>> 0, at)
  return bytes
}

/** Gathers chunks as a fetch does, and looks at them when they would have been written. */
function reader(blocks: ReadBlocks, expected: Buffer, { batch, writeMs }: { readonly batch: number; readonly writeMs: number }) {
  const memory = new Set<ArrayBufferLike>()
  let [at, gathered]: [number, Buffer[]] = [0, []]
  const doneUntil = blocks.ofAnswer()
  const write = async (): Promise<void> => {
    await sleep(writeMs)
    for (const chunk of gathered) {
      if (!chunk.equals(expected.subarray(at, at + chunk.length))) throw new Error(`Other bytes at ${at}.`)
      at += chunk.length
      memory.add(chunk.buffer)
    }
    const last = gathered.at(-1)
    if (last !== undefined) doneUntil(last)
    gathered = []
  }
  return {
    memory,
    take: (chunk: Buffer) => {
      gathered.push(chunk)
      return gathered.length < batch ? undefined : write()
    },
    end: async () => {
      await write()
      expect(at).toBe(expected.length)
    },
  }
}

test.each(servers)('over %s, connections share memory and none sees the bytes of another', async (_scheme, create) => {
  const length = 8_000_000
  const files = [0, 1, 2, 3].map((name) => bytesOf(name, length))
  await onStage(
    create,
    (request, response) => response.end(files[Number(request.url?.slice(1))]),
    async ({ blocks, get }) => {
      const readers = files.map((file) => reader(blocks, file, { batch: 8, writeMs: 1 }))
      await Promise.all(readers.map(({ take }, name) => get(`/${name}`, take)))
      await Promise.all(readers.map(({ end }) => end()))
      // What a stream joins, after a pause, is in memory of its own.
      const shared = new Set(readers.flatMap(({ memory }) => [...memory]).filter(({ byteLength }) => byteLength === blockBytes))
      expect(shared.size).toBeLessThanOrEqual(6 * files.length) // of 30 that each would fill
    },
  )
})

test.each(servers)('over %s, however the bytes come and are taken', { timeout: 60_000 }, async (_scheme, create) => {
  const writes = fc.array(fc.integer({ min: 1, max: 90_000 }), { minLength: 1, maxLength: 40 })
  const sent = fc.record({ writes, batch: fc.integer({ min: 1, max: 6 }), writeMs: fc.integer({ min: 0, max: 3 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(sent, { minLength: 2, maxLength: 3 }), fc.integer({ min: 0, max: 500_000 }), async (files, limit) => {
      const expected = files.map((file, name) =>
        bytesOf(
          name,
          file.writes.reduce((sum, size) => sum + size, 0),
        ),
      )
      await onStage(
        create,
        async (request, response) => {
          const name = Number(request.url?.slice(1))
          let at = 0
          for (const size of files[name]?.writes ?? []) {
            response.write(expected[name]?.subarray(at, (at += size)))
            if (size % 3 === 0) await sleep(1)
          }
          response.end()
        },
        async ({ blocks, get }) => {
          blocks.limitReads(limit)
          const readers = files.map((how, name) => reader(blocks, expected[name] ?? Buffer.alloc(0), how))
          await Promise.all(readers.map(({ take }, name) => get(`/${name}`, take)))
          await Promise.all(readers.map(({ end }) => end()))
        },
      )
    }),
    { numRuns: 40 },
  )
})

test.each([
  [0, 64 * 1024],
  [200_000.5, 200_000],
  [10_000_000, 256 * 1024],
])('reads limited to %d bytes bring up to %d at once', async (limit, most) => {
  const file = bytesOf(1, 8_000_000)
  await onStage(
    createServer,
    (_request, response) => response.end(file),
    async ({ blocks, get }) => {
      blocks.limitReads(limit)
      const lengths: number[] = []
      await get('/', (chunk) => {
        // What a stream joins, after a pause, is in memory of its own.
        if (chunk.buffer.byteLength === blockBytes) lengths.push(chunk.length)
        return sleep(1) // meanwhile more waits than one read takes
      })
      expect(Math.max(...lengths)).toBe(most)
    },
  )
})

test.each(servers)('over %s, what one answer holds stays while another is read on its connection', async (_scheme, create) => {
  const files = [0, 1].map((name) => bytesOf(name, 3_000_000))
  await onStage(
    create,
    (request, response) => response.end(files[Number(request.url?.slice(1))]),
    async ({ blocks, get }) => {
      const held: Buffer[] = []
      await get('/0', (chunk) => void held.push(chunk))
      const doneUntil = blocks.ofAnswer()
      await get('/1', (chunk) => {
        doneUntil(chunk)
        return undefined
      })
      expect(Buffer.concat(held).equals(files[0] ?? Buffer.alloc(0))).toBe(true)
    },
    1,
  )
})

test('who never says what is done with has bytes of their own', async () => {
  const file = bytesOf(1, 6_000_000)
  await onStage(
    createServer,
    (_request, response) => response.end(file),
    async ({ get }) => {
      const chunks: Buffer[] = []
      await get('/', (chunk) => void chunks.push(chunk))
      expect(Buffer.concat(chunks).equals(file)).toBe(true)
    },
  )
})
