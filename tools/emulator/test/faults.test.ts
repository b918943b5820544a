import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { startEmulator, type Scenario } from '../src/index.js'
import { call, idsOf, page } from './call.js'
import { exchange, rawV1, rawV3 } from './raw-socket.js'

type Fault = NonNullable<NonNullable<Scenario['rules']>[number]['fault']>

/** What a well-signed call gets under one fault. */
async function under(fault: Fault) {
  await using emulator = await startEmulator({ tasks: 3, scenario: { rules: [{ fault }] } })
  const answer = await exchange(emulator.url, rawV3(emulator))
  return { ...answer, record: emulator.requests[0] }
}

test.each([
  [{ hint: 'none' }, {}],
  [{ hint: 'acs', waitMs: 1500 }, { 'x-acs-retry-after': '1500' }],
  [{ hint: 'http', waitMs: 1500 }, { 'retry-after': '2' }],
  [{ hint: 'rate-limit', waitMs: 1500 }, { 'x-ratelimit-user-api': 'Limit:1,Remain:0,TimeLeft:1500,Reset:0' }],
] as const)('a throttle with %o says so in its headers', async (options, headers) => {
  const answer = await under({ kind: 'throttle', ...options })
  expect(answer).toMatchObject({ status: 400, headers })
  expect(JSON.parse(answer.body)).toMatchObject({ Code: 'Throttling.User' })
  if (options.hint === 'none') expect(answer.headers).not.toHaveProperty('x-acs-retry-after')
})

test('a throttle may come as an ErrCode in a 200', async () => {
  const answer = await under({ kind: 'throttle', as: 'service', code: 'Throttling.Api' })
  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.body)).toMatchObject({ Success: false, ErrCode: 'Throttling.Api' })
})

test.each([
  [{ kind: 'unavailable' }, 503, 'ServiceUnavailable'],
  [{ kind: 'unavailable', status: 500 }, 500, 'InternalError'],
  [{ kind: 'refuse', code: 'Forbidden.RAM', accessDenied: true }, 403, 'Forbidden.RAM'],
  [{ kind: 'refuse', code: 'InvalidAccessKeyId.Inactive', status: 400 }, 400, 'InvalidAccessKeyId.Inactive'],
] as const)('%o is told by the gateway', async (fault, status, code) => {
  const answer = await under(fault)
  expect({ status: answer.status, record: answer.record }).toMatchObject({ status, record: { httpStatus: status, serviceCode: code } })
  expect(JSON.parse(answer.body)).toMatchObject({
    Code: code,
    ...('accessDenied' in fault ? { AccessDeniedDetail: { NoPermissionType: 'ImplicitDeny' } } : {}),
  })
})

test('a soft failure comes in a 200', async () => {
  const { status, body } = await under({ kind: 'soft-failure', code: 'Request.Forbidden', message: 'Have no Permissions' })
  expect({ status, ...JSON.parse(body) }).toMatchObject({ status: 200, Success: false, ErrCode: 'Request.Forbidden', HttpStatusCode: 400 })
})

test('a proxy may answer with HTML', async () => {
  const { status, headers, body } = await under({ kind: 'html-502' })
  expect({ status, type: headers['content-type'] }).toEqual({ status: 502, type: 'text/html' })
  expect(body).toContain('<h1>502 Bad Gateway</h1>')
})

test('a reset leaves no answer', async () => {
  await expect(under({ kind: 'reset' })).rejects.toMatchObject({ code: 'ECONNRESET' })
})

test('a hanging call ends when the emulator closes', async () => {
  const emulator = await startEmulator({ scenario: { rules: [{ fault: { kind: 'hang' } }] } })
  const answer = fetch(emulator.url, { method: 'POST' })
  await expect.poll(() => emulator.requestCount).toBe(1)
  await emulator.close()
  await expect(answer).rejects.toThrow('fetch failed')
})

test('a cut body announces more than it sends', async () => {
  const { headers, body } = await under({ kind: 'cut-body', bytes: 20 })
  expect(Number(headers['content-length'])).toBeGreaterThan(20)
  expect(body).toHaveLength(20)
})

test('a slow body comes whole', async () => {
  const { body } = await under({ kind: 'slow-body', chunkBytes: 100, pauseMs: 1 })
  expect(JSON.parse(body)).toMatchObject({ Success: true })
})

test('bad JSON comes with its full length', async () => {
  const { headers, body } = await under({ kind: 'bad-json' })
  expect(headers['content-length']).toBe(String(body.length))
  expect(() => JSON.parse(body) as unknown).toThrow(SyntaxError)
})

test('an empty body, a redirect and a DOCTYPE come as asked', async () => {
  expect(await under({ kind: 'empty-body' })).toMatchObject({ status: 200, body: '' })
  expect(await under({ kind: 'redirect', to: 'http://127.0.0.1:9/x' })).toMatchObject({
    status: 302,
    headers: { location: 'http://127.0.0.1:9/x' },
  })
  expect((await under({ kind: 'doctype' })).body).toContain('<!DOCTYPE')
})

test('a huge body goes on for as long as asked', async () => {
  expect((await under({ kind: 'huge-body', mebibytes: 2 })).body.length).toBeGreaterThan(2 ** 21)
})

test.each(['gzip', 'gzip-bomb'] as const)('%s is compressed unasked', async (kind) => {
  await using emulator = await startEmulator({ scenario: { rules: [{ fault: kind === 'gzip' ? { kind } : { kind, mebibytes: 4 } }] } })
  const { host } = new URL(emulator.url)
  const { request } = await import('node:http')
  const chunks: Buffer[] = []
  const headers = await new Promise((resolve) => {
    request(`http://${host}/?Action=DescribeRegions`, (answer) => {
      answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(answer.headers))
    }).end()
  })
  expect(headers).toMatchObject({ 'content-encoding': 'gzip' })
  const compressed = Buffer.concat(chunks)
  expect(gunzipSync(compressed).length).toBeGreaterThan(kind === 'gzip' ? 50 : 100 * compressed.length)
})

test('a clock that is off for one call refuses it and dates it', async () => {
  await using emulator = await startEmulator({ scenario: { rules: [{ nth: 1, fault: { kind: 'skewed-clock', ms: 3_600_000 } }] } })
  const first = await exchange(emulator.url, rawV3(emulator))
  expect(JSON.parse(first.body)).toMatchObject({ Code: 'InvalidTimeStamp.Expired' })
  expect(Date.parse(first.headers['date'] ?? '') - Date.now()).toBeGreaterThan(3_500_000)
  expect(await call(emulator, 'DescribeRegions')).toMatchObject({ Success: true })
})

test('an expired token is refused, a plain key is not', async () => {
  await using emulator = await startEmulator({ scenario: { rules: [{ fault: { kind: 'expired-sts' } }] } })
  const { accessKeyId, accessKeySecret, securityToken } = emulator.sts
  const answer = await exchange(
    emulator.url,
    rawV1(emulator, { accessKeyId, accessKeySecret, common: { SecurityToken: securityToken, Format: 'JSON' } }),
  )
  expect(JSON.parse(answer.body)).toMatchObject({ Code: 'InvalidSecurityToken.Expired' })
  expect(await call(emulator, 'DescribeRegions')).toMatchObject({ Success: true })
})

test('faults come after the signature was checked', async () => {
  await using emulator = await startEmulator({ scenario: { rules: [{ fault: { kind: 'throttle' } }] } })
  const { body } = await exchange(emulator.url, rawV3(emulator, { accessKeySecret: 'wrong' }))
  expect(JSON.parse(body)).toMatchObject({ Code: 'SignatureDoesNotMatch' })
})

test('a rate beyond the limit is throttled', async () => {
  await using emulator = await startEmulator({ qps: 2 })
  for (const _ of [1, 2]) expect(await call(emulator, 'DescribeRegions')).toMatchObject({ Success: true })
  expect(await call(emulator, 'DescribeRegions')).toMatchObject({ Code: 'Throttling.User' })
})

const soft = (code: string): Fault => ({ kind: 'soft-failure', code })

test('a limit of the scenario says when to come back', async () => {
  await using emulator = await startEmulator({ scenario: { limit: { qps: 0.1, hint: 'acs' } } })
  await call(emulator, 'DescribeRegions')
  const { headers } = await exchange(emulator.url, rawV3(emulator))
  expect(Number(headers['x-acs-retry-after'])).toBeGreaterThan(9000)
  emulator.play({})
  for (const _ of [1, 2, 3]) expect(await call(emulator, 'DescribeRegions')).toMatchObject({ Success: true })
})

test('rules match by action, page, turn and number of times', async () => {
  const rules: Scenario['rules'] = [
    { action: 'DescribeBackupSetDownloadTaskList', pageNum: 1, times: 1, fault: soft('Page') },
    { action: 'DescribeRegions', nth: [2, 3], fault: soft('Nth') },
    { action: 'DescribeBackupPlanList', every: 2, fault: soft('Every') },
  ]
  await using emulator = await startEmulator({ tasks: 40, scenario: { rules } })
  const codes = async (action: string, times: number): Promise<unknown[]> => {
    const seen: unknown[] = []
    for (let time = 0; time < times; time++) seen.push((await call(emulator, action)).ErrCode)
    return seen
  }
  expect((await page(emulator)).ErrCode).toBeUndefined()
  expect((await page(emulator, { PageNum: '1' })).ErrCode).toBe('Page')
  expect(idsOf(await page(emulator, { PageNum: '1' }))).toHaveLength(10)
  expect(await codes('DescribeRegions', 4)).toEqual([undefined, 'Nth', 'Nth', undefined])
  expect(await codes('DescribeBackupPlanList', 4)).toEqual([undefined, 'Every', undefined, 'Every'])
})

async function pattern(seed: number): Promise<string> {
  await using emulator = await startEmulator({ seed, scenario: { rules: [{ probability: 0.3, fault: { kind: 'unavailable' } }] } })
  for (let time = 0; time < 30; time++) await call(emulator, 'DescribeRegions')
  return emulator.requests.map(({ httpStatus }) => httpStatus).join(' ')
}

test('chance is the same for the same seed', async () => {
  expect(await pattern(1)).toBe(await pattern(1))
  expect(await pattern(1)).not.toBe(await pattern(2))
  expect((await pattern(1)).split('503').length).toBeGreaterThan(3)
})

test('latency holds back the calls it is for', async () => {
  const hour = 3_600_000
  const emulator = await startEmulator({ scenario: { rules: [{ action: 'DescribeRegions', fault: { kind: 'latency', ms: hour } }] } })
  const late = exchange(emulator.url, rawV3(emulator))
  expect(await call(emulator, 'DescribeNodeCidrList', { Region: 'cn-hangzhou' })).toMatchObject({ Success: true })
  await emulator.close()
  expect(await late).toMatchObject({ body: '' })
})

test('a request body beyond a mebibyte is refused', async () => {
  await using emulator = await startEmulator()
  expect((await fetch(emulator.url, { method: 'POST', body: 'x'.repeat(2 ** 20 + 1) })).status).toBe(413)
})

test('a scenario that is not valid is refused and names its faults', async () => {
  await using emulator = await startEmulator()
  expect(() => emulator.play({ rules: [{ nth: 0, fault: { kind: 'reset' } }] })).toThrow(/rules\[0\]\.nth/)
  expect(() => emulator.play({ rules: [{}] })).toThrow('exactly one of fault, shape and move')
  await expect(startEmulator({ plans: -1 })).rejects.toThrow('plans is -1')
})
