import { expect, test } from 'vitest'
import { startApi } from './api.js'
import { makeKeys } from './keys.js'

const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } })

test('a key may ask so often, and each answer tells how often still', async () => {
  const keys = await makeKeys()
  const key = await keys.add(['tasks:read'])
  await using api = await startApi({ keys: keys.file, 'rate-limit': '3/m' })
  for (const remaining of [2, 1, 0]) {
    const { status, headers } = await api.get('/v1/regions', bearer(key))
    expect(status).toBe(200)
    expect(headers.get('ratelimit')).toMatch(new RegExp(`^limit=3, remaining=${remaining}, reset=(60|59)$`))
    expect(headers.get('ratelimit-policy')).toBe('3;w=60')
  }
  const answer = await api.get('/v1/regions', bearer(key))
  expect(answer.status).toBe(429)
  expect(answer.headers.get('ratelimit')).toMatch(/^limit=3, remaining=0, reset=/)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(58)
  expect(await answer.json()).toMatchObject({ code: 'rate-limited', hint: expect.stringMatching(/^Ask again in \d+ s\.$/) })
})

test('who floods an address holds up nobody with a key', async () => {
  const keys = await makeKeys()
  const [key, other] = [await keys.add(['tasks:read']), await keys.add(['tasks:read'])]
  await using api = await startApi({ keys: keys.file, 'rate-limit': '5/h' })
  const flood = await Promise.all(Array.from({ length: 20 }, () => api.get('/v1/regions', bearer('nonsense'))))
  expect(flood.filter(({ status }) => status === 401)).toHaveLength(5)
  expect(flood.filter(({ status }) => status === 429)).toHaveLength(15)
  expect((await api.get('/v1/regions', bearer(key))).headers.get('ratelimit')).toMatch(/remaining=4/)
  expect((await api.get('/v1/regions', bearer(other))).headers.get('ratelimit')).toMatch(/remaining=4/)
  expect((await api.get('/livez')).status).toBe(200) // nor does it end the server
})

test('logins are counted by address', async () => {
  const keys = await makeKeys()
  await using api = await startApi({ keys: keys.file, 'rate-limit': '2/h' })
  const login = () =>
    api
      .request('POST', '/login', { body: new URLSearchParams({ key: 'nonsense' }), headers: { origin: api.url } })
      .then(({ status }) => status)
  expect([await login(), await login(), await login()]).toEqual([401, 401, 429])
})

test('an address is the one a believed proxy names', async () => {
  const keys = await makeKeys()
  await using api = await startApi({ keys: keys.file, 'rate-limit': '1/h', 'trust-proxy': '127.0.0.1' })
  const from = async (address: string) => (await api.get('/v1/regions', { headers: { 'x-forwarded-for': address } })).status
  expect([await from('203.0.113.1'), await from('203.0.113.1'), await from('203.0.113.2')]).toEqual([401, 429, 401])
  expect([await from('2001:db8::1'), await from('2001:db8::2'), await from('2001:db8:0:1::1')]).toEqual([401, 429, 401])
})

test('an address that is not believed names nobody', async () => {
  const keys = await makeKeys()
  await using api = await startApi({ keys: keys.file, 'rate-limit': '1/h' })
  const from = async (address: string) => (await api.get('/v1/regions', { headers: { 'x-forwarded-for': address } })).status
  expect([await from('203.0.113.1'), await from('203.0.113.2')]).toEqual([401, 429])
})

test('fifty a second is the limit of keys, and none without', async () => {
  const keys = await makeKeys()
  await using api = await startApi({ keys: keys.file })
  expect((await api.get('/v1/regions', bearer(await keys.add(['tasks:read'])))).headers.get('ratelimit-policy')).toBe('50;w=1')
  await using free = await startApi()
  expect((await free.get('/v1/regions')).headers.get('ratelimit-policy')).toBeNull()
  await using bounded = await startApi({ 'rate-limit': '1/h' })
  expect([(await bounded.get('/v1/regions')).status, (await bounded.get('/v1/regions')).status]).toEqual([200, 429])
})
