import { expect, test } from 'vitest'
import { knownRegions, nearestName, resolveEndpoint } from '../src/index.js'

const hangzhou = 'https://dbs-api.cn-hangzhou.aliyuncs.com'

test.each([
  ['cn-hangzhou', hangzhou],
  ['cn-shanghai', hangzhou],
  ['us-east-1', hangzhou],
  ['cn-hangzhou-finance', hangzhou],
  ['cn-shanghai-finance-1', hangzhou],
  ['cn-zhangjiakou', 'https://dbs-api.cn-zhangjiakou.aliyuncs.com'],
  ['cn-wulanchabu', 'https://dbs-api.cn-wulanchabu.aliyuncs.com'],
  ['ap-southeast-1', 'https://dbs-api.ap-southeast-1.aliyuncs.com'],
  ['ap-southeast-2', 'https://dbs-api.ap-southeast-2.aliyuncs.com'],
  ['ap-south-1', 'https://dbs-api.ap-south-1.aliyuncs.com'],
  ['me-east-1', 'https://dbs-api.me-east-1.aliyuncs.com'],
])('%s is served by %s', (region, origin) => {
  const { url, regionId } = resolveEndpoint({ region })
  expect({ origin: url.origin, regionId }).toEqual({ origin, regionId: region })
})

test('every region has a host of the right family', () => {
  expect(knownRegions).toHaveLength(24)
  for (const region of knownRegions) expect(resolveEndpoint({ region }).url.host).toMatch(/^dbs-api\.[a-z]{2}-[a-z0-9-]+\.aliyuncs\.com$/)
})

test('inside a network the host is the region’s own', () => {
  expect(resolveEndpoint({ region: 'cn-beijing', network: 'vpc' }).url.origin).toBe('https://dbs-api-vpc.cn-beijing.aliyuncs.com')
  expect(() => resolveEndpoint({ region: 'ap-south-1', network: 'vpc' })).toThrow('No host inside the network of ap-south-1')
})

test.each([
  ['cn-hangzou', 'Did you mean cn-hangzhou?'],
  ['CN-Beijing', 'Did you mean cn-beijing?'],
  ['cn-hangzhou.evil.example/', 'newer than this version'],
  ['constructor', 'newer than this version'],
  ['__proto__', 'newer than this version'],
])('the unknown region %s is refused with advice', (region, hint) => {
  expect(() => resolveEndpoint({ region })).toThrow(
    expect.objectContaining({ code: 'unknown-region', hint: expect.stringContaining(hint) }),
  )
})

test('neither region nor endpoint says what to give', () => {
  const fault = expect.objectContaining({ code: 'invalid-input', hint: expect.stringContaining('ALIBABA_CLOUD_REGION_ID') })
  expect(() => resolveEndpoint({})).toThrow(fault)
  expect(() => resolveEndpoint({ region: '', endpoint: '' })).toThrow(fault)
})

test.each([
  ['dbs-api.example.com', 'https://dbs-api.example.com'],
  ['https://dbs-api.example.com:8443/', 'https://dbs-api.example.com:8443'],
  ['http://127.0.0.1:8899', 'http://127.0.0.1:8899'],
  ['http://127.9.9.9', 'http://127.9.9.9'],
  ['http://[::1]:8899', 'http://[::1]:8899'],
  ['http://localhost:8899', 'http://localhost:8899'],
])('the endpoint %s wins over the region', (endpoint, origin) => {
  const { url, regionId } = resolveEndpoint({ region: 'cn-hangzhou', endpoint })
  expect({ origin: url.origin, regionId }).toEqual({ origin, regionId: 'cn-hangzhou' })
  expect(resolveEndpoint({ endpoint }).regionId).toBeUndefined()
})

test.each([
  ['http://dbs-api.example.com', 'plain http'],
  ['http://127.0.0.1.evil.example', 'plain http'],
  ['http://localhost.evil.example', 'plain http'],
  ['http://0.0.0.0', 'plain http'],
  ['https://dbs-api.example.com/path', 'a scheme, a host and a port alone'],
  ['https://dbs-api.example.com/?a=b', 'a scheme, a host and a port alone'],
  ['https://dbs-api.example.com/#x', 'a scheme, a host and a port alone'],
  ['https://user:Canary@dbs-api.example.com', 'a scheme, a host and a port alone'],
  ['ftp://dbs-api.example.com', 'no address'],
  ['file:///etc/passwd', 'no address'],
  ['https://', 'no address'],
  ['dbs api', 'no address'],
  ['https://host:99999', 'no address'],
])('the endpoint %s is refused', (endpoint, why) => {
  expect(() => resolveEndpoint({ endpoint })).toThrow(
    expect.objectContaining({ code: 'invalid-input', field: 'endpoint', message: expect.stringContaining(why) }),
  )
  expect(() => resolveEndpoint({ endpoint })).not.toThrow(/Canary/)
})

test('plain http can be allowed', () => {
  expect(resolveEndpoint({ endpoint: 'http://dbs-api.example.com', allowHttp: true }).url.origin).toBe('http://dbs-api.example.com')
})

test.each([
  ['lsit', ['list', 'get', 'plans'], 'list'],
  ['LIST', ['list', 'get'], 'list'],
  ['cn-bejing', knownRegions, 'cn-beijing'],
  ['xyz', ['list', 'get'], undefined],
  ['', ['list'], undefined],
  ['anything', [], undefined],
])('%j is nearest to what it was meant to be', (word, names, nearest) => {
  expect(nearestName(word, names)).toBe(nearest)
})
