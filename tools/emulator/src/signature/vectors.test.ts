import { createHash, createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { canonicalQuery, parsePairs, percentEncode } from './percent.js'
import { signV1, stringToSignV1 } from './v1.js'
import { canonicalRequest } from './v3.js'

// Recorded from the vendor's clients and pages with their placeholder keys; each signature was recomputed with node:crypto.

const v1 = [
  {
    name: 'the documented RPC example',
    method: 'GET',
    sent: 'Timestamp=2023-03-13T08:34:30Z&Format=JSON&AccessKeyId=testid&Action=DescribeDedicatedHosts&RegionId=cn-beijing&SignatureMethod=HMAC-SHA1&SignatureNonce=edb2b34af0af9a6d14deaf7c1a5315eb&SignatureVersion=1.0&Version=2014-05-26',
    signature: '9NaGiOspFP5UPcwX8Iwt2YJXXuk=',
  },
  {
    name: 'pop-core GET with everything that needs encoding',
    method: 'GET',
    sent: 'AccessKeyId=testid&Action=DescribeBackupSetDownloadTaskList&BackupPlanId=a%20b%2A~%C3%A9%2F%2B%26%3D%27%28%21%29&Format=JSON&PageNum=0&SignatureMethod=HMAC-SHA1&SignatureNonce=c0ffee00-0000-4000-8000-000000000001&SignatureVersion=1.0&Timestamp=2026-01-15T08%3A30%3A00Z&Version=2019-03-06',
    signature: '5bJEqE4XVe8OfNEezN+YmuQNtyY=',
  },
  {
    name: 'pop-core POST with a form, spaces written as +',
    method: 'POST',
    sent: 'AccessKeyId=testid&Action=DescribeBackupSetDownloadTaskList&BackupPlanId=dbs1hvb0wxxxxxx&Format=JSON&PageNum=0&PageSize=30&SignatureMethod=HMAC-SHA1&SignatureNonce=c0ffee00-0000-4000-8000-000000000001&SignatureVersion=1.0&Timestamp=2026-01-15T08:30:00Z&Version=2019-03-06',
    signature: 'ldW4rmgcDJlzUbsqGje7uq4IXjs=',
  },
]

test.each(v1)('v1 reads and signs $name', ({ method, sent, signature }) => {
  expect(signV1(stringToSignV1(method, parsePairs(sent)), 'testsecret')).toBe(signature)
})

test('v3 signs this operation as the vendor does', () => {
  const empty = createHash('sha256').update('').digest('hex')
  const headers = {
    host: 'dbs-api.cn-hangzhou.aliyuncs.com',
    'x-acs-action': 'DescribeBackupSetDownloadTaskList',
    'x-acs-content-sha256': empty,
    'x-acs-credentials-provider': 'static_ak',
    'x-acs-date': '2026-01-15T08:30:00Z',
    'x-acs-signature-nonce': 'c0ffee00-0000-4000-8000-000000000001',
    'x-acs-version': '2019-03-06',
  }
  const query = parsePairs('PageSize=30&BackupPlanId=dbs1hvb0wxxxxxx&PageNum=0')
  const incoming = { method: 'POST', path: '/', query, form: [], headers: Object.entries(headers), body: Buffer.alloc(0) }
  const hash = createHash('sha256')
    .update(canonicalRequest(incoming, Object.keys(headers), empty))
    .digest('hex')
  expect(hash).toBe('52eded1e38efd736a8af685c202175a845ae79eebb542cf7f2935735f72d089b')
  expect(createHmac('sha256', 'testsecret').update(`ACS3-HMAC-SHA256\n${hash}`).digest('hex')).toBe(
    '2124ee0ce43f7dd23c93cdefef22e54f7f7ac44f69d500423bf9099cf2abf647',
  )
})

test('decoding takes + and %20 for a space, and survives a lone %', () => {
  expect(parsePairs('a+b=c%20d&e=%zz&f')).toEqual([
    ['a b', 'c d'],
    ['e', '%zz'],
    ['f', ''],
  ])
})

test('names are sorted by their bytes, not by UTF-16', () => {
  expect(
    canonicalQuery([
      ['𝄞', '1'],
      ['！', '2'],
      ['b', ''],
      ['B', '*'],
    ]),
  ).toBe(`B=%2A&b=&${percentEncode('！')}=2&${percentEncode('𝄞')}=1`)
})
