import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApi, type Api } from './api.js'
import { makeKeys } from './keys.js'

const named = 'https://grafana.example.com'
let api: Api
let authorization: string

beforeAll(async () => {
  const keys = await makeKeys()
  authorization = `Bearer ${await keys.add(['tasks:read'])}`
  api = await startApi({ keys: keys.file, 'cors-origin': named })
})
afterAll(() => api[Symbol.asyncDispose]())

const corsOf = ({ headers }: Response) => [...headers.keys()].filter((name) => name.startsWith('access-control-'))
const preflight = (origin: string) =>
  api.request('OPTIONS', '/v1/regions', {
    headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
  })

test('pages of a named origin may ask with a key and read, never with a cookie', async () => {
  const before = await preflight(named)
  expect(before.status).toBe(204)
  expect(before.headers.get('access-control-allow-headers')).toContain('authorization')
  const answer = await api.get('/v1/regions', { headers: { origin: named, authorization } })
  expect(answer.status).toBe(200)
  for (const { headers } of [before, answer]) {
    expect(headers.get('access-control-allow-origin')).toBe(named)
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    expect(headers.get('vary')).toContain('Origin')
  }
})

test('streams are read, and vary by what they varied by before, too', async () => {
  const [planId = ''] = api.emulator.world.planIds
  const answer = await api.get(`/v1/download-tasks?backupPlanId=${planId}&format=csv`, { headers: { origin: named, authorization } })
  expect(answer.headers.get('access-control-allow-origin')).toBe(named)
  expect(answer.headers.get('vary')).toMatch(/Accept.*Origin/)
  expect((await answer.text()).trimEnd().split('\r\n')).toHaveLength(26)
})

test('errors are read, too', async () => {
  const answer = await api.get('/v1/regions', { headers: { origin: named } })
  expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([401, named])
})

test.each(['https://evil.example', 'http://grafana.example.com', `${named}.evil.example`, 'null'])(
  'nothing is said to %s',
  async (origin) => {
    expect(corsOf(await preflight(origin))).toEqual([])
    const answer = await api.get('/v1/regions', { headers: { origin, authorization } })
    expect(corsOf(answer)).toEqual([])
    expect(answer.headers.get('vary')).toContain('Origin')
  },
)

test('without a named origin nobody is let through', async () => {
  const keys = await makeKeys()
  await using closed = await startApi({ keys: keys.file })
  expect(corsOf(await closed.get('/v1/regions', { headers: { origin: named } }))).toEqual([])
})

test('every answer bears what keeps browsers safe', async () => {
  const answers = [
    ['/v1/regions', { authorization }],
    ['/v1/regions', {}],
    ['/livez', {}],
    ['/openapi.json', {}],
    ['/login', {}],
    ['/assets/style.css', {}],
    ['/nosuch', { authorization }],
  ] as const
  for (const [path, headers] of answers) {
    const answer = await api.get(path, { headers })
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': path === '/login' ? 'same-origin' : 'no-referrer',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'$/),
    })
    expect(answer.headers.get('strict-transport-security')).toBeNull()
  }
})
