import { expect, test } from 'vitest'
import { startApi } from './api.js'
import { startWithKey } from './keyed-api.js'
import { parseAnswer, say, Wire } from './raw.js'

const host = (url: string) => `Host: ${new URL(url).host}`

test('a path that is not there is a problem', async () => {
  await using api = await startApi()
  const { status } = await say(api.url, `GET //v1/backup-plans HTTP/1.1\r\n${host(api.url)}\r\nConnection: close\r\n\r\n`)
  expect(status).toBe(404)
  for (const path of ['/nosuch', '/v1', '/v1/download-tasks/a/b', '/livez/', '/%2e%2e/etc/passwd', '/%zz']) {
    const answer = await api.get(path)
    expect(answer.status, path).toBe(404)
    expect(await answer.json(), path).toMatchObject({ code: 'not-found', status: 404 })
  }
})

test('a method that is not there names those that are', async () => {
  await using api = await startApi()
  const answer = await api.request('DELETE', '/v1/download-tasks/urx1')
  expect(answer.status).toBe(405)
  expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  expect(await answer.json()).toMatchObject({ code: 'method-not-allowed', hint: 'It takes GET, HEAD, OPTIONS.' })
  const options = await api.request('OPTIONS', '/v1/download-tasks/urx1')
  expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS'])
  expect((await api.request('OPTIONS', '/nosuch')).status).toBe(404)
})

test('the server as a whole is asked with a star', async () => {
  await using api = await startApi()
  const { status, headers } = await say(api.url, `OPTIONS * HTTP/1.1\r\n${host(api.url)}\r\nConnection: close\r\n\r\n`)
  expect([status, headers['allow']]).toEqual([204, 'GET, HEAD, POST, OPTIONS'])
  expect(await say(api.url, 'OPTIONS * HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatchObject({ status: 400 })
})

test('HEAD answers as GET does, without a body', async () => {
  await using api = await startApi()
  const head = await api.request('HEAD', '/livez')
  const get = await api.get('/livez')
  expect([head.status, head.headers.get('content-type')]).toEqual([get.status, get.headers.get('content-type')])
  expect(await head.text()).toBe('')
  expect((await api.request('HEAD', '/nosuch')).status).toBe(404)
})

test('an id may hold a slash, percent-encoded', async () => {
  await using api = await startApi()
  const answer = await api.get(`/v1/download-tasks/${encodeURIComponent('a/../b?c#d')}`)
  expect(answer.status).toBe(404)
  expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('"a/../b?c#d"') })
})

test('a body that is too large is refused, announced or not', async () => {
  await using api = await startApi()
  const body = 'x'.repeat(64 * 1024 + 1)
  const announced = await api.request('POST', '/v1/download-tasks', { body, headers: { 'content-type': 'application/json' } })
  expect([announced.status, await announced.json()]).toMatchObject([413, { code: 'body-too-large' }])
  const chunked = await say(
    api.url,
    `POST /v1/download-tasks HTTP/1.1\r\n${host(api.url)}\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n${`10000\r\n${'x'.repeat(65_536)}\r\n`.repeat(2)}0\r\n\r\n`,
  )
  expect(chunked).toMatchObject({ status: 413, headers: { 'content-type': 'application/problem+json' } })
})

test('a target that is too long is 414, headers too large are 431', async () => {
  await using api = await startApi()
  const long = await say(api.url, `GET /v1/${'x'.repeat(9000)} HTTP/1.1\r\n${host(api.url)}\r\nConnection: close\r\n\r\n`)
  expect(long).toMatchObject({ status: 414, headers: { 'content-type': 'application/problem+json' } })
  const large = await say(api.url, `GET /livez HTTP/1.1\r\n${host(api.url)}\r\nX-Much: ${'x'.repeat(17_000)}\r\n\r\n`)
  expect(large).toMatchObject({ status: 431, headers: { 'content-type': 'application/problem+json', connection: 'close' } })
  expect(JSON.parse(large.body)).toMatchObject({ code: 'header-too-large', status: 431 })
})

test.each([
  ['no HTTP at all', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n'],
  ['a method nobody has', 'FETCH / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
  ['a header without a colon', 'GET /livez HTTP/1.1\r\nHost 127.0.0.1\r\n\r\n'],
  ['two lengths', 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
  ['length and chunks at once', 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['no Host', 'GET /livez HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['two Hosts', 'GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'],
  ['a chunk without a size', 'POST /livez HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
])('%s is answered with a problem, and the connection ends', async (_title, text) => {
  await using api = await startApi()
  const answer = await say(api.url, text)
  expect(answer.status).toBe(400)
  expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json', 'x-request-id': expect.any(String) })
  expect(JSON.parse(answer.body)).toMatchObject({ code: 'malformed-request' })
})

test('CONNECT is told that this is no proxy', async () => {
  await using api = await startApi()
  const answer = await say(api.url, `CONNECT example.com:443 HTTP/1.1\r\n${host(api.url)}\r\n\r\n`)
  expect(answer).toMatchObject({ status: 405, headers: { 'content-type': 'application/problem+json', allow: expect.any(String) } })
  expect(JSON.parse(answer.body)).toMatchObject({ code: 'method-not-allowed' })
})

test('a probe of HTTP/1.0 need not name a Host', async () => {
  await using api = await startWithKey({})
  expect(await say(api.url, 'GET /livez HTTP/1.0\r\n\r\n')).toMatchObject({ status: 200 })
})

test.each([
  ['a host that is none', 'GET /livez HTTP/1.1\r\nHost: [::1/..\r\nConnection: close\r\n\r\n'],
  ['an asterisk', 'GET * HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n'],
])('%s is refused', async (_title, text) => {
  await using api = await startApi()
  const { status } = await say(api.url, text)
  expect([400, 403]).toContain(status)
})

test('a target in absolute form is understood', async () => {
  await using api = await startApi()
  const { host: name } = new URL(api.url)
  expect(await say(api.url, `GET http://${name}/livez HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`)).toMatchObject({
    status: 200,
  })
})

test('requests that are sent together are answered in turn', async () => {
  await using api = await startApi()
  const one = `GET /livez HTTP/1.1\r\n${host(api.url)}\r\n`
  using wire = new Wire(api.url)
  wire.say(`${one}\r\n${one}X-Request-Id: second\r\nConnection: close\r\n\r\n`)
  const text = await wire.rest()
  expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(2)
  expect(parseAnswer(text.slice(text.lastIndexOf('HTTP/1.1'))).headers['x-request-id']).toBe('second')
})

test('headers and bodies that never come are not waited for', async () => {
  await using api = await startApi({}, {}, { limits: { headersTimeout: 100, requestTimeout: 200, checkInterval: 50 } })
  const [headers, body] = await Promise.all([
    say(api.url, `GET /livez HTTP/1.1\r\n${host(api.url)}\r\nX-Slow`),
    say(
      api.url,
      `POST /v1/download-tasks HTTP/1.1\r\n${host(api.url)}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{`,
    ),
  ])
  for (const { status, body: problem } of [headers, body]) {
    expect(status).toBe(408)
    expect(JSON.parse(problem)).toMatchObject({ code: 'request-timed-out' })
  }
  expect(api.logs.filter(({ level }) => Number(level) >= 50)).toEqual([])
})

test("every answer names its request, by the caller's word where it is sane", async () => {
  await using api = await startApi()
  const sane = await api.get('/livez', { headers: { 'x-request-id': 'from-me.1' } })
  expect(sane.headers.get('x-request-id')).toBe('from-me.1')
  for (const bad of ['two words', 'x'.repeat(129), 'a"b', 'ä']) {
    const { headers } = await say(api.url, `GET /livez HTTP/1.1\r\n${host(api.url)}\r\nX-Request-Id: ${bad}\r\nConnection: close\r\n\r\n`)
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
  }
})
