import { expect, test } from 'vitest'
import { startEmulator, type Emulator } from '../src/index.js'
import { exchange, isoSeconds, rawV1, rawV3, type RawCall } from './raw-socket.js'

const minute = 60_000
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const nobody = { accessKeyId: 'EMULATORnobody', accessKeySecret: 'nothing' }
const plan = (emulator: Emulator): Record<string, string> => ({ BackupPlanId: emulator.world.planIds[0] ?? '' })
const list = 'DescribeBackupSetDownloadTaskList'

interface Case {
  readonly fault: string
  readonly code: string
  readonly status: number
  readonly call: (emulator: Emulator) => RawCall
  readonly signatures?: readonly ('v3' | 'v1')[]
}

const sts = (emulator: Emulator, securityToken?: string): RawCall => ({
  accessKeyId: emulator.sts.accessKeyId,
  accessKeySecret: emulator.sts.accessKeySecret,
  ...(securityToken === undefined ? {} : { headers: { 'x-acs-security-token': securityToken }, common: { SecurityToken: securityToken } }),
})

const cases: readonly Case[] = [
  { fault: 'an unknown operation', code: 'InvalidAction.NotFound', status: 404, call: () => ({ action: 'DescribeNothing' }) },
  {
    fault: 'an operation that is not emulated',
    code: 'InvalidAction.NotFound',
    status: 404,
    call: () => ({ action: 'ReleaseBackupPlan' }),
  },
  { fault: 'another version', code: 'InvalidVersion', status: 400, call: () => ({ version: '2021-01-01' }) },
  { fault: 'another method', code: 'UnsupportedHTTPMethod', status: 403, call: () => ({ method: 'PUT' }) },
  { fault: 'an unknown key', code: 'InvalidAccessKeyId.NotFound', status: 404, call: () => nobody },
  {
    fault: 'a clock 16 minutes slow',
    code: 'InvalidTimeStamp.Expired',
    status: 400,
    call: () => ({ date: isoSeconds(Date.now() - 16 * minute) }),
  },
  {
    fault: 'a clock 16 minutes fast',
    code: 'InvalidTimeStamp.Expired',
    status: 400,
    call: () => ({ date: isoSeconds(Date.now() + 16 * minute) }),
  },
  { fault: 'a time with milliseconds', code: 'InvalidTimeStamp.Format', status: 400, call: () => ({ date: new Date().toISOString() }) },
  { fault: 'a time that cannot be', code: 'InvalidTimeStamp.Format', status: 400, call: () => ({ date: '2026-13-45T00:00:00Z' }) },
  { fault: 'a missing token', code: 'MissingSecurityToken', status: 400, call: (emulator) => sts(emulator) },
  {
    fault: 'the token of another key',
    code: 'InvalidSecurityToken.MismatchWithAccessKey',
    status: 400,
    call: (emulator) => sts(emulator, 'CAISother'),
  },
  {
    fault: 'a token with a plain key',
    code: 'InvalidSecurityToken.MismatchWithAccessKey',
    status: 400,
    call: ({ sts: { securityToken } }) => ({
      headers: { 'x-acs-security-token': securityToken },
      common: { SecurityToken: securityToken },
    }),
  },
  {
    fault: 'a token that is none',
    code: 'InvalidSecurityToken.Malformed',
    status: 400,
    call: (emulator) => sts(emulator, 'no token at all'),
  },
  { fault: 'a wrong secret', code: 'SignatureDoesNotMatch', status: 400, call: () => ({ accessKeySecret: 'wrong' }) },
  {
    fault: 'an unsigned x-acs header',
    code: 'IncompleteSignature',
    status: 400,
    call: () => ({ unsigned: { 'x-acs-extra': 'smuggled' } }),
    signatures: ['v3'],
  },
  {
    fault: 'an unsigned content type',
    code: 'IncompleteSignature',
    status: 400,
    call: () => ({ unsigned: { 'content-type': 'text/plain' } }),
    signatures: ['v3'],
  },
  {
    fault: 'the hash of another payload',
    code: 'SignatureDoesNotMatch',
    status: 400,
    call: () => ({
      body: '{"a":1}',
      headers: { 'x-acs-content-sha256': emptyHash },
    }),
    signatures: ['v3'],
  },
  {
    fault: 'a header with the hash of another payload than is signed',
    code: 'SignatureDoesNotMatch',
    status: 400,
    call: () => ({ headers: { 'x-acs-content-sha256': 'f'.repeat(64) }, payloadHash: emptyHash }),
    signatures: ['v3'],
  },
  {
    fault: 'another Authorization',
    code: 'IncompleteSignature',
    status: 400,
    call: () => ({ unsigned: { authorization: 'ACS3-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b' } }),
    signatures: ['v3'],
  },
  {
    fault: 'another signature method',
    code: 'IncompleteSignature',
    status: 400,
    call: () => ({ common: { SignatureMethod: 'HMAC-MD5' } }),
    signatures: ['v1'],
  },
  {
    fault: 'another format',
    code: 'InvalidParameter.Format',
    status: 400,
    call: () => ({ common: { Format: 'YAML' } }),
    signatures: ['v1'],
  },
  {
    fault: 'an unknown parameter',
    code: 'UnsupportedParameter',
    status: 400,
    call: (emulator) => ({ action: list, query: { ...plan(emulator), pageSize: '30' } }),
  },
  {
    fault: 'a page number that is none',
    code: 'InvalidParameter',
    status: 400,
    call: (emulator) => ({ action: list, query: { ...plan(emulator), PageNum: 'one' } }),
  },
  { fault: 'a missing parameter', code: 'MissingBackupPlanId', status: 400, call: () => ({ action: 'DescribeFullBackupList' }) },
  { fault: 'neither id', code: 'Param.NotFound', status: 200, call: () => ({ action: list }) },
  {
    fault: 'a page size outside the domain',
    code: 'Param.NotFound',
    status: 200,
    call: (emulator) => ({ action: list, query: { ...plan(emulator), PageSize: '31' } }),
  },
  {
    fault: 'a page before the first',
    code: 'Param.NotFound',
    status: 200,
    call: (emulator) => ({ action: list, query: { ...plan(emulator), PageNum: '-1' } }),
  },
]

const runs = cases.flatMap((one) => (one.signatures ?? (['v3', 'v1'] as const)).map((signature) => ({ ...one, signature })))

test.each(runs)('$signature: $fault is refused with $code', async ({ signature, code, status, call }) => {
  await using emulator = await startEmulator({ tasks: 3 })
  const raw = (signature === 'v3' ? rawV3 : rawV1)(emulator, call(emulator))
  const answer = await exchange(emulator.url, raw)
  expect({ status: answer.status, code: codeIn(answer.body) }).toEqual({ status, code })
  expect(answer.headers['x-acs-request-id']).toBe(/[0-9A-F]{8}-[0-9A-F-]{27}/.exec(answer.body)?.[0])
  expect(emulator.requests.at(-1)).toMatchObject({ httpStatus: status, serviceCode: code })
})

test.each([
  { signature: 'v3', raw: rawV3 },
  { signature: 'v1', raw: rawV1 },
])('$signature: a nonce serves once', async ({ raw }) => {
  await using emulator = await startEmulator({ tasks: 3 })
  const call = { nonce: 'the-same' }
  expect((await exchange(emulator.url, raw(emulator, call))).status).toBe(200)
  const again = await exchange(emulator.url, raw(emulator, call))
  expect({ status: again.status, code: codeIn(again.body) }).toEqual({ status: 400, code: 'SignatureNonceUsed' })
})

test('a refused signature uses no nonce up', async () => {
  await using emulator = await startEmulator({ tasks: 3 })
  await exchange(emulator.url, rawV3(emulator, { nonce: 'kept', accessKeySecret: 'wrong' }))
  expect((await exchange(emulator.url, rawV3(emulator, { nonce: 'kept' }))).status).toBe(200)
})

test('the window of timestamps is a setting', async () => {
  await using emulator = await startEmulator({ timestampWindowMs: 20 * minute })
  expect((await exchange(emulator.url, rawV3(emulator, { date: isoSeconds(Date.now() - 16 * minute) }))).status).toBe(200)
})

test('a clock that is ahead refuses now and says its date', async () => {
  await using emulator = await startEmulator({ clockSkewMs: 2 * 60 * minute })
  const answer = await exchange(emulator.url, rawV3(emulator))
  expect(codeIn(answer.body)).toBe('InvalidTimeStamp.Expired')
  expect(Date.parse(answer.headers['date'] ?? '') - Date.now()).toBeGreaterThan(119 * minute)
})

test('a mismatch prints the string the server signed', async () => {
  await using emulator = await startEmulator()
  const { body } = await exchange(emulator.url, rawV1(emulator, { accessKeySecret: 'wrong' }))
  expect(body).toContain('server string to sign is:GET&amp;%2F&amp;AccessKeyId%3D')
})

test('v1 without a Format answers XML, refusals too', async () => {
  await using emulator = await startEmulator({ tasks: 0 })
  const { body, headers } = await exchange(emulator.url, rawV1(emulator, { action: list, query: plan(emulator) }))
  expect(headers['content-type']).toBe('text/xml;charset=utf-8')
  expect(body).toMatch(
    /^<DescribeBackupSetDownloadTaskListResponse><RequestId>.*<Items><\/Items><\/DescribeBackupSetDownloadTaskListResponse>$/,
  )
  expect((await exchange(emulator.url, rawV1(emulator, nobody))).body).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?><Error><RequestId>/,
  )
})

test('v3 answers JSON, and XML where Accept asks for it', async () => {
  await using emulator = await startEmulator()
  expect(JSON.parse((await exchange(emulator.url, rawV3(emulator))).body)).toMatchObject({
    Success: true,
    Regions: { RegionCode: expect.arrayContaining(['cn-hangzhou']) },
  })
  expect((await exchange(emulator.url, rawV3(emulator, { unsigned: { accept: 'application/xml' } }))).body).toMatch(
    /^<DescribeRegionsResponse>/,
  )
})

const codeIn = (body: string): string | undefined =>
  /"(?:Code|ErrCode)":"([^"]+)"|<(?:Code|ErrCode)>([^<]+)</
    .exec(body)
    ?.slice(1)
    .find((code) => code !== undefined)
