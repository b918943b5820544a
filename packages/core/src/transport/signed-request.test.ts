import { describe, expect, test } from 'vitest'
import { InputError } from '../errors/input-error.js'
import { signedRequest, type Moment, type RequestPlan } from './signed-request.js'

const moment: Moment = {
  credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' },
  date: new Date('2026-01-15T08:30:00.999Z'),
  nonce: 'c0ffee00-0000-4000-8000-000000000001',
}
const plan: RequestPlan = {
  endpoint: new URL('http://127.0.0.1:8899'),
  signature: 'v3',
  method: 'POST',
  wire: 'json',
  userAgent: 'backset',
}
const call = {
  action: 'DescribeBackupSetDownloadTaskList',
  version: '2019-03-06',
  safety: 'read',
  parameters: { PageNum: 0, Flag: true, Other: false, Empty: '', Absent: undefined, RegionId: 'cn-hangzhou' },
} as const
const withToken: Moment = { ...moment, credentials: { ...moment.credentials, securityToken: 'token' } }

describe('v3', () => {
  test('puts parameters in the query and leaves out the region', () => {
    const { url, body, headers } = signedRequest(call, plan, moment)
    expect(url).toBe('http://127.0.0.1:8899/?Empty=&Flag=true&Other=false&PageNum=0')
    expect(body).toBe('')
    expect(headers).toMatchObject({ host: '127.0.0.1:8899', 'x-acs-date': '2026-01-15T08:30:00Z', accept: 'application/json' })
    expect(headers).not.toHaveProperty('x-acs-security-token')
    expect(headers).not.toHaveProperty('x-acs-retry-attempts')
  })

  test('sends an origin alone where nothing is asked', () => {
    expect(signedRequest({ ...call, parameters: {} }, plan, moment).url).toBe('http://127.0.0.1:8899/')
  })

  test('signs token, key id and retry headers', () => {
    const { canonicalRequest, headers } = signedRequest(call, plan, { ...withToken, retry: { attempt: 2, delayMs: 99.6 } })
    expect(headers).toMatchObject({ 'x-acs-security-token': 'token', 'x-acs-accesskey-id': 'testid' })
    expect(canonicalRequest).toContain('x-acs-retry-attempts:2\nx-acs-retry-delay:100\nx-acs-security-token:token\n')
  })
})

describe('v1', () => {
  const v1: RequestPlan = { ...plan, signature: 'v1' }

  test('sends all in a form body under POST', () => {
    const { url, body, headers } = signedRequest(call, v1, withToken)
    expect(url).toBe('http://127.0.0.1:8899/')
    expect(headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded' })
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({ Format: 'JSON', Flag: 'true', Empty: '', SecurityToken: 'token' })
  })

  test('sends all in the query under GET', () => {
    const { url, body, headers } = signedRequest(call, { ...v1, method: 'GET', wire: 'xml' }, moment)
    expect(body).toBe('')
    expect(headers).not.toHaveProperty('content-type')
    expect(headers).toMatchObject({ accept: 'application/xml' })
    expect(new URL(url).searchParams.get('Format')).toBe('XML')
    expect(new URL(url).searchParams.has('SecurityToken')).toBe(false)
  })

  test.each([
    ['of the call', 'cn-beijing', { RegionId: 'cn-shanghai' }, 'cn-shanghai'],
    ['of the plan', 'cn-beijing', { RegionId: undefined }, 'cn-beijing'],
    ['nobody knows', undefined, {}, null],
  ])('takes the region %s', (_, regionId, parameters, sent) => {
    const { body } = signedRequest({ ...call, parameters }, { ...v1, regionId }, moment)
    expect(new URLSearchParams(body).get('RegionId')).toBe(sent)
  })

  test('a parameter replaces none of the protocol', () => {
    const parameters = { Action: 'Other', AccessKeyId: 'other', Signature: 'x' }
    const { body, stringToSign } = signedRequest({ ...call, parameters }, v1, moment)
    expect(stringToSign).not.toContain('Signature%3D')
    expect(new URLSearchParams(body).getAll('Action')).toEqual([call.action])
    expect(new URLSearchParams(body).getAll('AccessKeyId')).toEqual(['testid'])
    expect(new URLSearchParams(body).getAll('Signature')).not.toContain('x')
  })
})

test.each([
  ['user-agent', { ...plan, userAgent: '备份' }, moment],
  ['user-agent', { ...plan, userAgent: 'a\r\nx-injected: 1' }, moment],
  ['x-acs-security-token', plan, { ...moment, credentials: { ...moment.credentials, securityToken: 'CANARY\n' } }],
] as const)('a %s that cannot be sent as signed is refused', (field, given, at) => {
  const sign = () => signedRequest(call, given, at)
  expect(sign).toThrow(InputError)
  expect(sign).toThrow(expect.objectContaining({ message: expect.stringContaining(field) as string }))
  expect(sign).not.toThrow(/CANARY|injected/)
})

test('the same moment gives the same request', () => {
  expect(signedRequest(call, plan, moment)).toEqual(signedRequest(call, plan, moment))
})
