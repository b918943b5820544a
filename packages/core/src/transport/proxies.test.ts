import { expect, test } from 'vitest'
import { openDispatcher } from './dispatcher.js'
import { proxyFor } from './proxies.js'

const [one, two] = ['http://one.example:3128', 'http://two.example:3128']
const dbs = 'https://dbs-api.cn-hangzhou.aliyuncs.com'

test.each([
  { env: {}, url: dbs, host: undefined },
  { env: { HTTPS_PROXY: one }, url: dbs, host: 'one.example:3128' },
  { env: { HTTPS_PROXY: one, https_proxy: two }, url: dbs, host: 'two.example:3128' },
  { env: { HTTP_PROXY: one }, url: dbs, host: 'one.example:3128' },
  { env: { HTTP_PROXY: one, HTTPS_PROXY: two }, url: 'http://dbs.example', host: 'one.example:3128' },
  { env: { HTTPS_PROXY: one, NO_PROXY: '*' }, url: dbs, host: undefined },
  { env: { HTTPS_PROXY: one, NO_PROXY: 'a.example, aliyuncs.com' }, url: dbs, host: undefined },
  { env: { HTTPS_PROXY: one, NO_PROXY: '.aliyuncs.com' }, url: dbs, host: undefined },
  { env: { HTTPS_PROXY: one, NO_PROXY: 'yuncs.com' }, url: dbs, host: 'one.example:3128' },
  { env: { HTTPS_PROXY: one, NO_PROXY: 'aliyuncs.com:8443' }, url: dbs, host: 'one.example:3128' },
  { env: { HTTPS_PROXY: one, NO_PROXY: 'aliyuncs.com:443' }, url: dbs, host: undefined },
  { env: { HTTPS_PROXY: one, HTTP_PROXY: one }, url: 'http://127.0.0.1:8899', host: undefined },
])('$env leads to $url through $host', ({ env, url, host }) => {
  expect(proxyFor(env, new URL(url))?.host).toBe(host)
})

test('an address that is none is refused without being quoted', () => {
  const env = { HTTPS_PROXY: 'http://someone:pass%word@one.example' }
  expect(() => proxyFor(env, new URL(dbs))).toThrow(
    expect.objectContaining({ field: 'HTTPS_PROXY', message: 'HTTPS_PROXY is no proxy address.' }) as Error,
  )
  expect(() => openDispatcher(env)).toThrow('HTTPS_PROXY is no proxy address.')
})
