import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeBackupSetDownloadTaskList } from '../src/operations/describe-backup-set-download-task-list.js'
import { signedRequest } from '../src/transport/signed-request.js'
import { decode } from '../src/wire/decode.js'
import { unwrap } from '../src/wire/unwrap.js'

interface Samples {
  readonly request: { readonly url: string }
  readonly json: string
  readonly xml: string
}
const samples = JSON.parse(readFileSync(new URL('fixtures/page-samples.json', import.meta.url), 'utf8')) as Samples

const { action, version, safety, input, output } = describeBackupSetDownloadTaskList
const sample = new URL(samples.request.url)
const call = { action, version, safety, parameters: input.parse({ backupPlanId: sample.searchParams.get('BackupPlanId') }) }
const moment = {
  credentials: { accessKeyId: 'testid', accessKeySecret: 'testsecret' },
  date: new Date('2026-01-15T08:30:00Z'),
  nonce: 'c0ffee00-0000-4000-8000-000000000001',
}
const plan = { endpoint: new URL(sample.origin), method: 'GET', wire: 'xml', userAgent: 'backset' } as const

// The signatures were computed apart from this code, from the same parameters and nothing else.

test('the sample request is signed with HMAC-SHA1', () => {
  const { url, stringToSign, signature } = signedRequest(call, { ...plan, signature: 'v1' }, moment)
  expect(stringToSign).toBe(
    'GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeBackupSetDownloadTaskList%26BackupPlanId%3Ddbs1hvb0wxxxxx%26Format%3DXML%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Dc0ffee00-0000-4000-8000-000000000001%26SignatureVersion%3D1.0%26Timestamp%3D2026-01-15T08%253A30%253A00Z%26Version%3D2019-03-06',
  )
  expect(signature).toBe('BGRDTo5pXRUrZ9WFh1Mll4Md9Kc=')
  const sent = new URL(url)
  expect(sent.host).toBe(sample.host)
  for (const [name, value] of sample.searchParams) expect(sent.searchParams.get(name)).toBe(value)
  expect(sent.searchParams.get('Signature')).toBe(signature)
})

test('the sample request is signed with ACS3-HMAC-SHA256', () => {
  const { url, headers, signature } = signedRequest(call, { ...plan, signature: 'v3' }, moment)
  expect(signature).toBe('286702b9f4a3ec3d21eb98e576d0311f1eeb9b0905240d40a6d653beb74a6711')
  expect(url).toBe('https://dbs-api.cn-hangzhou.aliyuncs.com/?BackupPlanId=dbs1hvb0wxxxxx')
  expect(headers).toMatchObject({ 'x-acs-action': sample.searchParams.get('Action'), accept: 'application/xml' })
})

test.each([
  ['JSON', samples.json, 'application/json'],
  ['XML', samples.xml, 'text/xml'],
])('the %s sample is an empty page', async (_, text, contentType) => {
  const body = await decode({ bytes: new TextEncoder().encode(text), contentType, httpStatus: 200 })
  expect(output(unwrap(action, { httpStatus: 200, body }))).toEqual({
    requestId: 'BFE78B4D-7D57-43D8-ABCA-D11DED1F768E',
    success: true,
    httpStatusCode: 200,
    pageNum: 0,
    pageSize: 30,
    totalElements: 0,
    totalPages: 0,
    items: [],
  })
})
