import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { systemClock, type Clock } from '@backset/core'
import { expect, test } from 'vitest'
import { onStage } from './emulated.js'
import { type IncomingMessage, onRawStage, rangeOf, sendRange, type ServerResponse, startProxy } from './raw-server.js'

const bytes = randomBytes(10_000_000)

test('every request is a GET for the bytes as they lie there', () =>
  onRawStage(
    (request, response) => sendRange(request, response, bytes),
    async ({ fetch, requests, folder }) => {
      const { file } = await fetch()
      expect((await readFile(file)).equals(bytes)).toBe(true)
      expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(['GET']))
      expect(requests.slice(1).every(({ headers }) => headers['if-match'] === '"1"')).toBe(true)
      expect(requests.every(({ headers }) => headers['accept-encoding'] === 'identity' && headers.authorization === undefined)).toBe(true)
      expect(await readdir(folder)).toHaveLength(2)
    },
  ))

test('another ETag is seen where If-Match is ignored', () =>
  onRawStage(
    (() => {
      let asked = 0
      return (request, response) => sendRange(request, response, bytes, { etag: `"${asked++ < 2 ? 1 : 2}"` })
    })(),
    async ({ fetch, requests }) => {
      expect((await readFile((await fetch()).file)).equals(bytes)).toBe(true)
      expect(requests.filter(({ headers }) => headers.range?.startsWith('bytes=0-'))).toHaveLength(2)
    },
  ))

test.each([
  ['by its type', { 'content-type': 'text/html; charset=utf-8' }, 'hello'],
  ['by its beginning', { 'content-type': 'application/octet-stream' }, '\n<!DOCTYPE html><html>log in</html>'],
])('a web page is told %s', (_how, headers, text) =>
  onRawStage(
    (_request, response) => {
      response.writeHead(200, { ...headers, 'content-length': text.length }).end(text)
    },
    async ({ fetch, folder }) => {
      await expect(fetch()).rejects.toMatchObject({ code: 'wrong-file', message: expect.stringContaining('web page') })
      expect(await readdir(folder)).toEqual([])
    },
  ),
)

test('a web page in between leaves what has come', () => {
  let between = false
  return onRawStage(
    (request, response) => {
      if (between) response.writeHead(200, { 'content-type': 'text/html', 'content-length': 2 }).end('hi')
      else sendRange(request, response, bytes)
    },
    async ({ fetch }) => {
      const stop = new AbortController()
      await expect(fetch({ signal: stop.signal, onProgress: () => stop.abort() })).rejects.toMatchObject({ code: 'aborted' })
      between = true
      await expect(fetch()).rejects.toMatchObject({ code: 'wrong-file' })
      between = false
      const { file, resumedFrom } = await fetch()
      expect(resumedFrom).toBeGreaterThan(0)
      expect((await readFile(file)).equals(bytes)).toBe(true)
    },
  )
})

test('a whole file of no announced length is asked for by ranges, which tell it', () =>
  onRawStage(
    (request, response) => {
      if (request.headers.range !== undefined) return sendRange(request, response, bytes)
      response.writeHead(200, { etag: '"1"' })
      return response.end(bytes)
    },
    async ({ fetch, requests }) => {
      expect((await readFile((await fetch({ connections: 1 })).file)).equals(bytes)).toBe(true)
      expect(requests).toHaveLength(3)
    },
  ))

test('a body of no announced length is refused', () =>
  onRawStage(
    (_request, response) => {
      response.writeHead(200)
      response.end('abc')
    },
    async ({ fetch }) => {
      await expect(fetch()).rejects.toMatchObject({ code: 'wrong-file', message: expect.stringContaining('how long') })
      await expect(fetch({ connections: 1 })).rejects.toMatchObject({ code: 'wrong-file', message: expect.stringContaining('how long') })
    },
  ))

test('a range of another length than its head says is refused', () =>
  onRawStage(
    (request, response) => {
      const { from, to } = rangeOf(request, bytes.length) ?? { from: 0, to: 0 }
      response.writeHead(206, { etag: '"1"', 'content-length': 10, 'content-range': `bytes ${from}-${to - 1}/${bytes.length}` })
      response.end('0123456789')
    },
    async ({ fetch }) => {
      await expect(fetch()).rejects.toMatchObject({ code: 'wrong-file' })
    },
  ))

test('a range that begins elsewhere is refused', () =>
  onRawStage(
    (request, response) => {
      const { from, to } = rangeOf(request, bytes.length) ?? { from: 0, to: 0 }
      response.writeHead(206, {
        etag: '"1"',
        'content-length': to - from - 1,
        'content-range': `bytes ${from + 1}-${to - 1}/${bytes.length}`,
      })
      response.end(bytes.subarray(from + 1, to))
    },
    async ({ fetch }) => {
      await expect(fetch()).rejects.toMatchObject({ code: 'wrong-file', message: expect.stringContaining('sent others') })
    },
  ))

/** Answers a range beside the one that was asked for. */
function sendOther(request: IncomingMessage, response: ServerResponse): void {
  const { from, to } = rangeOf(request, bytes.length) ?? { from: 0, to: 0 }
  response.writeHead(206, { etag: '"1"', 'content-length': to - from, 'content-range': `bytes ${from + 1}-${to}/${bytes.length}` })
  response.end(bytes.subarray(from, to))
}

const sendAll = (_request: IncomingMessage, response: ServerResponse): void => {
  response.writeHead(200, { etag: '"1"', 'content-length': bytes.length }).end(bytes)
}

test.each([
  ['beside what was asked for', sendOther],
  ['with the whole file', sendAll],
])('one answer %s is asked for again, and what has come stays', (_how, odd) => {
  let asked = 0
  return onRawStage(
    (request, response) => {
      if (++asked === 3) odd(request, response)
      else sendRange(request, response, bytes)
    },
    async ({ fetch, requests }) => {
      expect((await readFile((await fetch({ connections: 2 })).file)).equals(bytes)).toBe(true)
      expect(requests.filter(({ headers: { range } }) => range === undefined || range.startsWith('bytes=0-'))).toHaveLength(1)
    },
  )
})

test('a host that answers beside what is asked for again and again is given up, and what has come stays', () => {
  let good = 2
  return onRawStage(
    (request, response) => {
      if (good-- > 0) sendRange(request, response, bytes)
      else sendOther(request, response)
    },
    async ({ fetch }) => {
      await expect(fetch({ connections: 2 })).rejects.toMatchObject({ code: 'wrong-file', attempts: 5 })
      good = Infinity
      const { file, resumedFrom } = await fetch({ connections: 2 })
      expect(resumedFrom).toBeGreaterThan(0)
      expect((await readFile(file)).equals(bytes)).toBe(true)
    },
  )
})

test('a host that takes its time to say why it refuses is not heard to the end', () =>
  onRawStage(
    (_request, response) => {
      response.writeHead(403, { 'content-length': 100_000 })
      const dripping = setInterval(() => response.write(' '), 10)
      response.on('close', () => clearInterval(dripping))
    },
    async ({ fetch, requests }) => {
      const speed = 50
      const hurried: Clock = {
        ...systemClock,
        monotonic: () => systemClock.monotonic() * speed,
        sleep: (ms, signal) => systemClock.sleep(ms / speed, signal),
      }
      await expect(fetch({ clock: hurried })).rejects.toMatchObject({ code: 'link-expired' })
      expect(requests.length).toBeGreaterThan(1)
    },
  ))

test('a size that was announced beforehand holds', () =>
  onRawStage(
    (request, response) => sendRange(request, response, bytes),
    async ({ fetch, origin }) => {
      const of = (size: number) => ({ links: async () => ({ internetUrl: `${origin}/`, size }) })
      await expect(fetch(of(9))).rejects.toMatchObject({ code: 'wrong-file' })
      expect((await fetch(of(bytes.length))).bytes).toBe(bytes.length)
    },
  ))

test('a host that falls silent is asked again', () =>
  onRawStage(
    (() => {
      let asked = 0
      return (request, response) => {
        if (asked++ > 0) return sendRange(request, response, bytes)
        response.writeHead(206, { etag: '"1"', 'content-range': `bytes 0-8388607/${bytes.length}`, 'content-length': 8_388_608 })
        response.write(bytes.subarray(0, 1000))
      }
    })(),
    async ({ fetch, requests }) => {
      expect((await readFile((await fetch({ silenceMs: 300, connections: 2 })).file)).equals(bytes)).toBe(true)
      expect(requests.length).toBeGreaterThan(1)
    },
  ))

test('a file that does not fit is not begun', () =>
  onStage({ scenario: { files: { bytes: 2 ** 49 } } }, async ({ fetch, folder, asked }) => {
    await expect(fetch()).rejects.toMatchObject({ code: 'disk-full', message: expect.stringMatching(/room for \d+ bytes/) })
    expect(asked()).toHaveLength(1)
    expect(await readdir(folder)).toEqual([])
  }))

/** A port where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('the internal link goes first, the public one when that is dead', () =>
  onRawStage(
    (request, response) => sendRange(request, response, bytes),
    async ({ fetch, origin, requests, folder }) => {
      const dead = `http://127.0.0.1:${await closedPort()}/`
      const links = async () => ({ internetUrl: `${origin}/public`, intranetUrl: `${origin}/inner` })
      const networks = new Set<string>()
      await fetch({ links, onProgress: ({ network }) => networks.add(network) })
      expect(new Set(requests.map(({ url }) => url))).toEqual(new Set(['/inner']))
      await fetch({ taskId: 'two', links: async () => ({ internetUrl: `${origin}/public`, intranetUrl: dead }) })
      expect(requests.at(-1)?.url).toBe('/public')
      await fetch({ taskId: 'three', links, network: 'internet', onProgress: ({ network }) => networks.add(network) })
      expect(requests.at(-1)?.url).toBe('/public')
      expect([...networks]).toEqual(['intranet', 'internet'])
      const manifest = JSON.parse(await readFile(`${folder}/task.tar.gz.manifest.json`, 'utf8')) as object
      expect(manifest).toMatchObject({ network: 'intranet', etag: '"1"', checked: ['size'] })
      await expect(fetch({ taskId: 'four', links: async () => ({ intranetUrl: dead }) })).rejects.toMatchObject({ code: 'unreachable' })
      await expect(fetch({ taskId: 'four', network: 'intranet', links: async () => ({ internetUrl: origin }) })).rejects.toMatchObject({
        code: 'not-found',
      })
      await expect(fetch({ taskId: 'four', links: async () => ({}) })).rejects.toMatchObject({ code: 'not-found' })
    },
  ))

test('an internal link that is refused gives way to the public one', () =>
  onRawStage(
    (request, response) => {
      if (request.url === '/inner') response.writeHead(403).end()
      else sendRange(request, response, bytes)
    },
    async ({ fetch, origin }) => {
      const links = async () => ({ internetUrl: `${origin}/public`, intranetUrl: `${origin}/inner` })
      expect((await fetch({ links })).bytes).toBe(bytes.length)
      const guarded = async () => ({ internetUrl: `${origin}/public`, intranetUrl: 'http://169.254.169.254/' })
      expect((await fetch({ taskId: 'two', links: guarded })).bytes).toBe(bytes.length)
    },
  ))

test('a host that is gone is looked for in fresh links', () =>
  onRawStage(
    (request, response) => sendRange(request, response, bytes),
    async ({ fetch, origin }) => {
      const dead = `http://127.0.0.1:${await closedPort()}/`
      let asked = 0
      const links = async () => ({ internetUrl: asked++ === 0 ? dead : `${origin}/moved` })
      expect((await fetch({ links })).bytes).toBe(bytes.length)
      expect(asked).toBe(2)
    },
  ))

test('a name that leads to this machine is seen when it is resolved', () =>
  onRawStage(
    (request, response) => sendRange(request, response, bytes),
    async ({ fetch, origin, requests }) => {
      const links = async () => ({ internetUrl: `http://localhost:${new URL(origin).port}/?Signature=sesame` })
      for (const network of ['internet', 'auto'] as const) {
        const fetching = fetch({ links, network, endpointIsLoopback: false, allowHttp: true })
        await expect(fetching).rejects.toMatchObject({
          code: 'link-refused',
          message: expect.stringMatching(/localhost was not followed: .* is this machine/),
        })
      }
      expect(requests).toHaveLength(0)
    },
  ))

const failing = async (): Promise<never> => Promise.reject(new Error('boom'))

test('what the source of links throws is what is thrown', () =>
  onRawStage(
    () => undefined,
    async ({ fetch, folder }) => {
      await expect(fetch({ links: failing })).rejects.toThrow('boom')
      expect(await readdir(folder)).toEqual([])
      await expect(fetch({ connections: 0 })).rejects.toMatchObject({ code: 'invalid-input' })
    },
  ))

test('the proxy of the environment leads to the host', () =>
  onRawStage(
    (request, response) => sendRange(request, response, bytes),
    async ({ fetch, origin }) => {
      await using proxy = await startProxy(origin)
      const through = (host: string) => ({
        env: proxy.env,
        allowHttp: true,
        endpointIsLoopback: false,
        links: async () => ({ internetUrl: `http://${host}/` }),
      })
      expect((await fetch(through('files.example'))).bytes).toBe(bytes.length)
      expect(new Set(proxy.asked)).toEqual(new Set(['files.example:80']))
      await expect(fetch({ ...through('10.0.0.1'), taskId: 'two' })).rejects.toMatchObject({ code: 'link-refused' })
    },
  ))
