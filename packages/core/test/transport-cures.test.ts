import { describe, expect, test } from 'vitest'
import type { Credentials, CredentialsProvider } from '../src/credentials/credentials.js'
import { refusal } from './scripted-dispatcher.js'
import { fine, read, scene } from './transport-scene.js'

describe('a wrong clock', () => {
  const skewed = refusal('InvalidTimeStamp.Expired', 400, { date: 'Wed, 21 Oct 2026 08:28:00 GMT' })

  test('is learnt from the host, and remembered', async () => {
    const { run, sent } = scene([skewed, fine, fine])
    expect(await run(read)).toMatchObject({ attempts: 2 })
    expect(await run(read)).toMatchObject({ attempts: 1 })
    const dates = sent.map(({ headers }) => headers['x-acs-date'])
    expect(dates).toEqual(['2026-10-21T07:28:00Z', '2026-10-21T08:28:00Z', '2026-10-21T08:28:00Z'])
  })

  test('is cured once a request, then said', async () => {
    const { run, sent } = scene([skewed])
    expect(await run(read)).toMatchObject({ code: 'clock-skewed', attempts: 2, hint: expect.stringContaining('3600 s behind') })
    expect(await run(read)).toMatchObject({ attempts: 2 })
    expect(sent).toHaveLength(4)
  })

  test('is learnt anew when it changes', async () => {
    const back = refusal('IllegalTimestamp', 400, { date: 'Wed, 21 Oct 2026 07:28:00 GMT' })
    const { run, sent } = scene([skewed, fine, back, fine])
    await run(read)
    await run(read)
    expect(sent.at(-1)?.headers['x-acs-date']).toBe('2026-10-21T07:28:00Z')
  })
})

/** Keys that are new after each `invalidate`. */
function renewing(): CredentialsProvider & { readonly refused: Credentials[] } {
  const refused: Credentials[] = []
  return {
    source: 'test',
    refused,
    get: async () => ({ accessKeyId: `id-${refused.length}`, accessKeySecret: 'secret', securityToken: `token-${refused.length}` }),
    invalidate: (keys) => void refused.push(keys),
  }
}

describe('an expired token', () => {
  const expired = refusal('InvalidSecurityToken.Expired')

  test('is renewed, and the request repeated', async () => {
    const credentials = renewing()
    const { run, sent } = scene([expired, fine], { credentials })
    expect(await run(read)).toMatchObject({ attempts: 2 })
    expect(credentials.refused).toMatchObject([{ accessKeyId: 'id-0' }])
    expect(sent.map(({ headers }) => headers['x-acs-security-token'])).toEqual(['token-0', 'token-1'])
  })

  test('is renewed once a request', async () => {
    const { run } = scene([expired], { credentials: renewing() })
    expect(await run(read)).toMatchObject({ code: 'credentials-refused', attempts: 2 })
  })
})

test('a used nonce is cured once a request', async () => {
  const { run } = scene([refusal('SignatureNonceUsed')])
  expect(await run(read)).toMatchObject({ serviceCode: 'SignatureNonceUsed', attempts: 2 })
})

test('a wrong secret is told from a wrong way of signing', async () => {
  const { run } = scene([
    {
      status: 400,
      body: { Code: 'SignatureDoesNotMatch', Message: 'Specified signature is not matched. server string to sign is:something else' },
    },
  ])
  expect(await run(read)).toMatchObject({ code: 'signature-mismatch', hint: expect.stringContaining('another text') })
})
