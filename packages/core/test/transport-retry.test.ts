import { describe, expect, test } from 'vitest'
import type { Credentials } from '../src/credentials/credentials.js'
import { CredentialsError } from '../src/errors/credentials-error.js'
import { DbsError } from '../src/errors/dbs-error.js'
import { refusal, ruledDispatcher, type Scripted } from './scripted-dispatcher.js'
import { create, fine, read, reset, scene, unsafe } from './transport-scene.js'

describe('what is tried again', () => {
  test.each<[string, Scripted]>([
    ['a connection that broke', reset],
    ['HTTP 408', refusal('Whatever', 408)],
    ['HTTP 429', refusal('Whatever', 429)],
    ['HTTP 500', refusal('Whatever', 500)],
    ['HTTP 504 with a web page', { status: 504, headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ['Throttling', refusal('Throttling')],
    ['Throttling.User', refusal('Throttling.User')],
    ['Rejected.Throttling', refusal('Rejected.Throttling')],
    ['ServiceUnavailable', refusal('ServiceUnavailable', 503)],
    ['InternalError', refusal('InternalError', 500)],
    ['a throttle under HTTP 200', { body: { Success: false, ErrCode: 'Throttling.Api', ErrMessage: 'no' } }],
    ['InternalError under HTTP 200', { body: { Success: false, ErrCode: 'InternalError', ErrMessage: 'no' } }],
    ['any refusal with x-acs-retry-after', refusal('Whatever', 400, { 'x-acs-retry-after': '10' })],
    ['a body that is cut off', { body: '{"Success": tr' }],
    ['an empty body', { body: '' }],
    ['SignatureNonceUsed', refusal('SignatureNonceUsed')],
  ])('%s', async (_, line) => {
    const { run, sent } = scene([line, fine])
    expect(await run(read)).toMatchObject({ requestId: 'R-9', attempts: 2, httpStatus: 200 })
    expect(sent).toHaveLength(2)
  })

  test.each<[string, Scripted]>([
    ['a missing permission', refusal('Forbidden.RAM', 403)],
    ['a wrong parameter', refusal('InvalidParameter')],
    ['an id that names nothing', { body: { Success: false, ErrCode: 'Param.NotFound', ErrMessage: 'no' } }],
    ['a wrong signature', refusal('SignatureDoesNotMatch')],
    ['a redirect', { status: 302, headers: { location: 'https://elsewhere.example/' } }],
    ['a certificate that is not trusted', Object.assign(new Error('x'), { code: 'CERT_HAS_EXPIRED' })],
    ['an expired token that nobody renews', refusal('InvalidSecurityToken.Expired')],
    ['a wrong clock where no Date tells the right one', refusal('InvalidTimeStamp.Expired')],
  ])('not %s', async (_, line) => {
    const { run, sent } = scene([line, fine])
    expect(await run(read)).toMatchObject({ attempts: 1 })
    expect(sent).toHaveLength(1)
  })

  test('five times in all, and the last error counts', async () => {
    const { run, sent } = scene([reset, reset, reset, reset, refusal('ServiceUnavailable', 503), fine])
    expect(await run(read)).toMatchObject({ code: 'service-unavailable', attempts: 5, requestId: 'R-1', httpStatus: 503 })
    expect(sent).toHaveLength(5)
  })

  test('nothing that is not safe to repeat', async () => {
    const { run, sent } = scene([refusal('Throttling', 400, { 'x-acs-retry-after': '1' }), fine])
    expect(await run(unsafe)).toMatchObject({ code: 'throttled', attempts: 1 })
    expect(sent).toHaveLength(1)
  })

  test('as long as it helps, however often', async () => {
    let requests = 0
    const { dispatcher } = ruledDispatcher(() => (requests++ % 2 === 0 ? reset : fine))
    const { run } = scene([], { dispatcher })
    for (let call = 0; call < 150; call++) expect(await run(read)).toMatchObject({ attempts: 2 }) // 750 tokens, all given back
  })

  test('until the budget is empty', async () => {
    const { run, sent } = scene([refusal('InternalError', 500)])
    for (let call = 0; call < 25; call++) expect(await run(read)).toMatchObject({ attempts: 5 })
    expect(await run(read)).toMatchObject({ attempts: 1 }) // 25 calls took 4 retries of 5 tokens each: 500
    expect(sent).toHaveLength(126)
  })
})

describe('each attempt', () => {
  test('is signed anew, with a nonce of its own', async () => {
    const { run, sent } = scene([reset, refusal('InternalError', 500), fine])
    await run(read)
    expect(sent.map(({ headers }) => headers['x-acs-signature-nonce'])).toEqual(['nonce-1', 'nonce-2', 'nonce-3'])
    expect(new Set(sent.map(({ headers }) => headers['authorization'])).size).toBe(3)
  })

  test('tells which it is, and how long the pause was', async () => {
    const { run, sent } = scene([refusal('Throttling', 400, { 'x-acs-retry-after': '1500' }), fine])
    await run(read)
    expect(sent[0]?.headers).not.toHaveProperty('x-acs-retry-attempts')
    expect(sent[1]?.headers).toMatchObject({ 'x-acs-retry-attempts': '1', 'x-acs-retry-delay': '1500' })
  })

  test('of a create has the same ClientToken', async () => {
    const { run, sent } = scene([reset, refusal('InternalError', 500), fine])
    expect(await run(create)).toMatchObject({ attempts: 3 })
    expect(new Set(sent.map(({ path }) => new URLSearchParams(path.slice(2)).get('ClientToken')))).toEqual(new Set(['nonce-1']))
  })

  test('keeps the ClientToken that was given', async () => {
    const { run, sent } = scene([reset, fine])
    await run({ ...create, parameters: { ClientToken: 'mine' } })
    for (const { path } of sent) expect(path).toContain('ClientToken=mine')
  })

  test('tells the pace how it went', async () => {
    const told: string[] = []
    const pace = {
      turn: async (account: string) => void told.push(`turn of ${account}`),
      throttled: () => void told.push('throttled'),
      succeeded: () => void told.push('no throttle'),
    }
    const { run } = scene([refusal('Throttling.User'), reset, refusal('InternalError', 500), fine], { pace })
    await run(read)
    expect(told).toEqual(['turn of id', 'throttled', 'turn of id', 'turn of id', 'no throttle', 'turn of id', 'no throttle'])
  })
})

/** How long a read took, milliseconds. */
async function elapsed(...script: Scripted[]): Promise<number> {
  const { run, clock } = scene(script)
  await run(read)
  return clock.monotonic()
}

describe('pauses', () => {
  test('double from 100 ms, with full jitter', async () => {
    expect(await elapsed(reset, reset, reset, fine)).toBe(50 + 100 + 200)
  })

  test('double from 500 ms after a throttle', async () => {
    expect(await elapsed(refusal('Throttling'), refusal('Throttling'), fine)).toBe(250 + 500)
  })

  test('follow the server where it says', async () => {
    expect(await elapsed(refusal('ServiceUnavailable', 503, { 'retry-after': '7' }), fine)).toBe(7000)
  })

  test('do not begin when the server’s hint is beyond the deadline', async () => {
    const { run, clock } = scene([refusal('Throttling', 400, { 'x-acs-retry-after': '61000' }), fine])
    expect(await run(read)).toMatchObject({ code: 'throttled', attempts: 1 })
    expect(clock.monotonic()).toBe(0)
  })

  test('do not begin when the caller has less time', async () => {
    const { run, clock } = scene([refusal('Throttling', 400, { 'x-acs-retry-after': '2000' }), fine])
    expect(await run(read, { leftMs: () => 1999 })).toMatchObject({ code: 'throttled', attempts: 1 })
    expect(clock.monotonic()).toBe(0)
  })
})

test('the region of a call chooses where it goes', async () => {
  const asked: (string | undefined)[] = []
  const { run } = scene([fine], {
    planFor: (regionId) => {
      asked.push(regionId)
      throw new DbsError('unknown-region', 'no such region')
    },
  })
  expect(await run({ ...read, parameters: { RegionId: 'cn-beijing' } })).toMatchObject({ code: 'unknown-region', attempts: 0 })
  expect(asked).toEqual(['cn-beijing'])
})

test('keys that cannot be had end it unsent', async () => {
  const { run, sent } = scene([fine], {
    credentials: { source: 'test', get: () => Promise.reject(new TypeError('cannot read canary-secret')) },
  })
  const error = await run(read)
  expect(error).toMatchObject({ code: 'internal', attempts: 0 })
  expect(error).not.toHaveProperty('cause')
  expect(sent).toEqual([])
})

test('keys that come at the second asking cost no attempt', async () => {
  let asked = 0
  const get = async (): Promise<Credentials> => {
    if (asked++ === 0) throw new CredentialsError('not yet', 'wait', { retryable: true })
    return { accessKeyId: 'id', accessKeySecret: 'secret' }
  }
  const { run } = scene([fine], { credentials: { source: 'test', get } })
  expect(await run(read)).toMatchObject({ httpStatus: 200, attempts: 1 })
})
