import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApi, type Api } from './api.js'
import { makeKeys, type MadeKeys } from './keys.js'
import { say } from './raw.js'

let keys: MadeKeys
let api: Api
let key: string

beforeAll(async () => {
  keys = await makeKeys()
  key = await keys.add(['tasks:read', 'tasks:create'])
  api = await startApi({ keys: keys.file, 'rate-limit': 'off', 'trust-proxy': '127.0.0.1' })
})
afterAll(() => api[Symbol.asyncDispose]())

const own = () => ({ origin: api.url })
const post = (path: string, form: Record<string, string>, headers: Record<string, string> = own()) =>
  api.request('POST', path, { body: new URLSearchParams(form), headers, redirect: 'manual' })
const cookieOf = (answer: Response) => answer.headers.get('set-cookie')?.split(';')[0] ?? ''
const logIn = async (text = key) => cookieOf(await post('/login', { key: text }))

test('a page leads to the login, and the login back', async () => {
  const page = await api.get('/?backupPlanId=a&status=finish', { headers: { accept: 'text/html' }, redirect: 'manual' })
  const location = page.headers.get('location') ?? ''
  expect([page.status, location]).toEqual([303, '/login?next=%2F%3FbackupPlanId%3Da%26status%3Dfinish'])
  const form = await api.get(location)
  expect(form.status).toBe(200)
  expect(await form.text()).toContain('value="/?backupPlanId=a&amp;status=finish"')
  const answer = await post('/login', { key: ` ${key}\n`, next: '/?backupPlanId=a&status=finish' })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/?backupPlanId=a&status=finish'])
  expect(answer.headers.get('set-cookie')).toMatch(/^backset_session=[^;]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/)
  expect(answer.headers.get('set-cookie')).not.toContain(key.split('_')[2])
})

test('programs are told that they need a key, not to log in', async () => {
  for (const path of ['/', '/v1/regions', '/metrics']) {
    const answer = await api.get(path, { headers: { accept: path === '/' ? '*/*' : 'text/html' }, redirect: 'manual' })
    expect(answer.status).toBe(401)
  }
})

test('a login opens what its key opens, until it logs out', async () => {
  const cookie = await logIn()
  expect((await api.get('/v1/regions', { headers: { cookie } })).status).toBe(200)
  expect((await api.get('/metrics', { headers: { cookie } })).status).toBe(403)
  const out = await post('/logout', {}, { ...own(), cookie })
  expect([out.status, out.headers.get('location'), cookieOf(out)]).toEqual([303, '/login', 'backset_session='])
  expect((await api.get('/v1/regions', { headers: { cookie } })).status).toBe(401)
})

test('a login ends with its key', async () => {
  const passing = await keys.add(['tasks:read'])
  const cookie = await logIn(passing)
  expect((await api.get('/v1/regions', { headers: { cookie } })).status).toBe(200)
  await keys.revoke(passing)
  await expect.poll(async () => (await api.get('/v1/regions', { headers: { cookie } })).status, { timeout: 1500 }).toBe(401)
})

test('a wrong key is a page that says so, and no cookie', async () => {
  for (const wrong of ['', 'nonsense', await keys.addExpired(['tasks:read']), await keys.addRevoked(['tasks:read'])]) {
    const answer = await post('/login', { key: wrong, next: '/tasks/a' })
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null])
    const page = await answer.text()
    expect(page).toContain('role="alert"')
    expect(page).toContain('value="/tasks/a"')
    if (wrong !== '') expect(page).not.toContain(wrong)
  }
})

test('a login leads nowhere else', async () => {
  for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    expect((await post('/login', { key, next })).headers.get('location')).toBe('/')
    expect(await (await api.get(`/login?next=${encodeURIComponent(next)}`)).text()).toContain('value="/"')
  }
})

const foreign: Readonly<Record<string, Record<string, string>>> = {
  'no origin': {},
  'another origin': { origin: 'https://evil.example' },
  'the origin null': { origin: 'null' },
}

test.each(Object.keys(foreign))('a form from %s is refused', async (name) => {
  const headers = foreign[name] ?? {}
  const cookie = await logIn()
  expect((await post('/login', { key }, headers)).status).toBe(403)
  expect((await post('/logout', {}, { ...headers, cookie })).status).toBe(403)
  const create = await api.request('POST', '/v1/download-tasks', {
    body: '{}',
    headers: { ...headers, cookie, 'content-type': 'application/json' },
  })
  expect(await create.json()).toMatchObject({ status: 403, code: 'foreign-request' })
  expect((await api.get('/v1/regions', { headers: { cookie } })).status).toBe(200) // still logged in
})

// Over a raw socket: fetch sends its own Sec-Fetch headers.
test.each([
  ['same-origin', 'null', 303],
  ['same-origin', '', 303],
  ['same-site', 'own', 403],
  ['cross-site', 'own', 403],
  ['none', 'own', 403],
])('a browser that says %s, with the origin %j, is answered with %i', async (site, origin, status) => {
  const lines = [
    `Host: ${new URL(api.url).host}`,
    `Sec-Fetch-Site: ${site}`,
    ...(origin === '' ? [] : [`Origin: ${origin === 'own' ? api.url : origin}`]),
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${key.length + 4}`,
    'Connection: close',
  ]
  const answer = await say(api.url, `POST /login HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\nkey=${key}`)
  expect(answer.status).toBe(status)
})

test('what a page here asks with its cookie is taken', async () => {
  const cookie = await logIn()
  const headers = { cookie, 'content-type': 'application/json', ...own() }
  expect((await api.request('POST', '/v1/download-tasks', { body: '{}', headers })).status).toBe(400)
})

test('a key in the header goes before a cookie', async () => {
  const cookie = await logIn()
  expect((await api.get('/v1/regions', { headers: { cookie, authorization: 'Bearer nonsense' } })).status).toBe(401)
  expect((await api.get('/v1/regions', { headers: { cookie, authorization: 'Basic eDp5' } })).status).toBe(200)
  expect((await api.get('/v1/regions', { headers: { authorization: `bEARER  ${key}` } })).status).toBe(200)
})

test('behind https the cookie is for https alone', async () => {
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'backset.example.com', origin: 'https://backset.example.com' }
  const answer = await post('/login', { key }, headers)
  expect(answer.status).toBe(303)
  expect(answer.headers.get('set-cookie')).toMatch(/; Secure/)
  expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000')
  expect((await post('/login', { key }, { ...headers, origin: 'http://backset.example.com' })).status).toBe(403)
})

test('a login that is no form is refused', async () => {
  const answer = await api.request('POST', '/login', {
    body: JSON.stringify({ key }),
    headers: { ...own(), 'content-type': 'application/json' },
  })
  expect(await answer.json()).toMatchObject({ status: 415, code: 'unsupported-media-type' })
})

test('neither keys nor cookies stand in a log', () => {
  const text = JSON.stringify(api.logs)
  expect(text).toContain('/login')
  expect(text).not.toMatch(/bsk_[0-9a-f]+_|backset_session/)
})
