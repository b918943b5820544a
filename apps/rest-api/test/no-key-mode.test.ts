import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApi, type Api } from './api.js'
import { say } from './raw.js'

let api: Api
let host: string

beforeAll(async () => {
  api = await startApi()
  host = new URL(api.url).host
})
afterAll(() => api[Symbol.asyncDispose]())

const port = () => host.split(':')[1] ?? ''
const ask = (lines: readonly string[], target = '/v1/regions', method = 'GET') =>
  say(api.url, [`${method} ${target} HTTP/1.1`, ...lines, 'Connection: close', '', ''].join('\r\n'))

test.each(['127.0.0.1', 'localhost', '[::1]', 'LocalHost'])('the Host %s with the port is answered', async (name) => {
  expect(await ask([`Host: ${name}:${port()}`])).toMatchObject({ status: 200 })
})

const foreign: Readonly<Record<string, () => readonly string[]>> = {
  'another name': () => [`Host: evil.example:${port()}`],
  'a name that only begins so': () => [`Host: 127.0.0.1.evil.example:${port()}`],
  'another port': () => ['Host: 127.0.0.1:1'],
  'no port': () => ['Host: 127.0.0.1'],
  'a name with a dot': () => [`Host: localhost.:${port()}`],
  'every address': () => [`Host: 0.0.0.0:${port()}`],
  Forwarded: () => [`Host: ${host}`, 'Forwarded: for=203.0.113.9'],
  'X-Forwarded-For': () => [`Host: ${host}`, 'X-Forwarded-For: 127.0.0.1'],
  'X-Forwarded-Host': () => [`Host: ${host}`, `X-Forwarded-Host: ${host}`],
  'X-Forwarded-Proto': () => [`Host: ${host}`, 'X-Forwarded-Proto: http'],
  'X-Forwarded-Anything': () => [`Host: ${host}`, 'X-Forwarded-Anything: 1'],
  'X-Real-IP': () => [`Host: ${host}`, 'X-Real-IP: 127.0.0.1'],
  Via: () => [`Host: ${host}`, 'Via: 1.1 proxy'],
  'an empty Via': () => [`Host: ${host}`, 'Via:'],
  'a foreign Origin': () => [`Host: ${host}`, 'Origin: https://evil.example'],
  'an Origin of another port': () => [`Host: ${host}`, 'Origin: http://127.0.0.1:1'],
  'an Origin of another loopback name': () => [`Host: ${host}`, `Origin: http://localhost:${port()}`],
  'the Origin null': () => [`Host: ${host}`, 'Origin: null'],
  'a page of another site': () => [`Host: ${host}`, 'Sec-Fetch-Site: cross-site'],
}

test.each(Object.keys(foreign))('%s is foreign, on every route', async (name) => {
  const lines = foreign[name]?.() ?? []
  for (const target of ['/v1/regions', '/', '/livez', '/metrics', '/openapi.json', '/assets/style.css', '/nosuch']) {
    const { status, body } = await ask(lines, target)
    expect({ target, status, problem: JSON.parse(body) as unknown }).toMatchObject({
      status: 403,
      problem: { code: 'foreign-request', hint: expect.stringContaining('keys add') },
    })
  }
})

const padding = (lines: number) => [`Host: ${host}`, ...Array.from({ length: lines }, () => 'a:')]

test('no header is out of sight behind many others', async () => {
  expect(await ask([...padding(150), 'X-Forwarded-For: 203.0.113.9'])).toMatchObject({ status: 403 })
  expect(await ask([...padding(150), 'Host: evil.example'])).toMatchObject({ status: 400 })
  expect(await ask(padding(150))).toMatchObject({ status: 200 })
  for (const lines of [999, 2100]) expect(await ask([...padding(lines), 'Origin: http://evil.example'])).toMatchObject({ status: 431 })
})

test('a target that names another host is foreign', async () => {
  expect(await ask([`Host: ${host}`], `http://evil.example/v1/regions`)).toMatchObject({ status: 403 })
  expect(await ask([`Host: ${host}`], `http://${host}/v1/regions`)).toMatchObject({ status: 200 })
})

test('a request without a Host is refused', async () => {
  expect((await ask([])).status).toBe(400) // as HTTP has it
  expect((await say(api.url, 'GET /v1/regions HTTP/1.0\r\n\r\n')).status).toBeGreaterThanOrEqual(400)
})

test('pages of this server are answered', async () => {
  expect(await ask([`Host: ${host}`, `Origin: http://${host}`, 'Sec-Fetch-Site: same-origin'])).toMatchObject({ status: 200 })
  expect(await ask([`Host: ${host}`, 'Sec-Fetch-Site: none'])).toMatchObject({ status: 200 })
})

test('nobody has links, and nobody makes tasks', async () => {
  expect(await (await api.get('/v1/download-tasks/a/link')).json()).toMatchObject({ status: 403, code: 'forbidden' })
  const body = JSON.stringify({ kind: 'full', backupPlanId: 'a', backupSetId: 'b', dataFormat: 'SQL' })
  const create = await api.request('POST', '/v1/download-tasks', { body, headers: { 'content-type': 'application/json' } })
  expect(await create.json()).toMatchObject({ status: 403, code: 'forbidden' })
})

test('metrics are read, and a login leads to where it was meant to', async () => {
  expect((await api.get('/metrics')).status).toBe(200)
  const login = await api.get('/login?next=/tasks/a', { redirect: 'manual' })
  expect([login.status, login.headers.get('location')]).toEqual([303, '/tasks/a'])
})
