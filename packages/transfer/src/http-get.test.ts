import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { guardPausedParsers } from '@backset/core'
import { Agent } from 'undici'
import { expect, test } from 'vitest'
import { httpGet } from './http-get.js'

guardPausedParsers()

interface Host extends AsyncDisposable {
  readonly get: (signal?: AbortSignal, silenceMs?: number) => ReturnType<typeof httpGet>
}

async function hostOf(listener: RequestListener): Promise<Host> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const agent = new Agent()
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    get: (signal = new AbortController().signal, silenceMs = 5000) => httpGet(agent, { origin, path: '/', headers: {}, silenceMs, signal }),
    [Symbol.asyncDispose]: async () => {
      await agent.destroy()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const large = Buffer.alloc(3_000_000, 'abc')

test('the body waits for its taker, and comes in order and whole', async () => {
  await using host = await hostOf((_request, response) => response.end(large))
  const answer = await host.get()
  await sleep(50)
  const chunks: Buffer[] = []
  let taking = 0
  await answer.deliver(async (chunk) => {
    taking += 1
    expect(taking).toBe(1)
    await sleep(1)
    chunks.push(chunk)
    taking -= 1
  })
  expect(Buffer.concat(chunks).equals(large)).toBe(true)
})

test.each([0, 1, 64_000, 3_000_000])(
  'a host that closes behind %d bytes is heard to the end, however slow the taker is',
  async (length) => {
    const body = Buffer.alloc(length, 'abc')
    await using host = await hostOf((_request, response) =>
      response.writeHead(200, { connection: 'close', 'content-length': length }).end(body),
    )
    for (let time = 0; time < 5; time++) {
      const answer = await host.get()
      await sleep(20)
      const chunks: Buffer[] = []
      await answer.deliver(async (chunk) => {
        await sleep(5)
        chunks.push(chunk)
      })
      expect(Buffer.concat(chunks).equals(body)).toBe(true)
    }
  },
)

test('what the taker says of the last chunk is the end', async () => {
  await using host = await hostOf((_request, response) => response.end('abc'))
  const answer = await host.get()
  await expect(answer.deliver(async () => Promise.reject(new Error('the disk is full')))).rejects.toThrow('the disk is full')
})

test('a taker that does not take holds the host', async () => {
  let sent = 0
  await using host = await hostOf((_request, response) => {
    const more = (): void => {
      while (sent < 200 && response.write(Buffer.alloc(1_000_000))) sent += 1
      if (sent < 200) response.once('drain', more)
    }
    more()
  })
  const answer = await host.get()
  const stuck = answer.deliver(() => sleep(300))
  await sleep(250)
  expect(sent).toBeLessThan(60) // what kernels hold; all of it would be 200
  answer.close()
  await expect(stuck).rejects.toThrow('not read to its end')
})

test('what the taker throws ends the answer, at once or later', async () => {
  await using host = await hostOf((_request, response) => response.end(large))
  const fault = new Error('no room')
  const thrower = () => {
    throw fault
  }
  await expect((await host.get()).deliver(thrower)).rejects.toBe(fault)
  await expect((await host.get()).deliver(async () => await sleep(5).then(thrower))).rejects.toBe(fault)
})

test('a connection that breaks while a chunk is taken is told when it is taken', async () => {
  await using host = await hostOf((_request, response) => {
    response.writeHead(200, { 'content-length': 100 })
    response.write('abc')
    setTimeout(() => response.destroy(), 20)
  })
  let taken = false
  const answer = await host.get()
  await expect(answer.deliver(async () => await sleep(100).then(() => void (taken = true)))).rejects.toMatchObject({
    code: 'UND_ERR_SOCKET',
  })
  expect(taken).toBe(true)
})

test('a break before anybody takes is told to who comes then', async () => {
  await using host = await hostOf((_request, response) => {
    response.writeHead(200, { 'content-length': 100 })
    response.write('abc')
    setTimeout(() => response.destroy(), 20)
  })
  const answer = await host.get()
  await sleep(60)
  await expect(answer.deliver(() => undefined)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' })
})

test('a host that falls silent is told as such, before the head and behind it', async () => {
  await using mute = await hostOf(() => undefined)
  await expect(mute.get(undefined, 100)).rejects.toMatchObject({ code: 'UND_ERR_HEADERS_TIMEOUT' })
  await using host = await hostOf((_request, response) => response.writeHead(200, { 'content-length': 100 }).write('abc'))
  const answer = await host.get(undefined, 100)
  await expect(answer.deliver(() => undefined)).rejects.toMatchObject({ code: 'UND_ERR_BODY_TIMEOUT' })
})

test('it can be aborted before, while it waits for the head, and in the body', async () => {
  await using host = await hostOf((_request, response) => void response.write('abc'))
  await expect(host.get(AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' })
  await using mute = await hostOf(() => undefined)
  await expect(mute.get(AbortSignal.timeout(30))).rejects.toMatchObject({ code: 'aborted' })
  const leaving = new AbortController()
  const answer = await host.get(leaving.signal)
  const leave = (): undefined => {
    leaving.abort()
  }
  await expect(answer.deliver(leave)).rejects.toMatchObject({ code: 'aborted' })
})
