import fc from 'fast-check'
import { expect, test } from 'vitest'
import { signedRequest } from './signed-request.js'
import { redactHeaders, redactParameters, redactStringToSign, redactUrl } from './redact.js'

test('secrets in headers become three stars', () => {
  const headers = {
    Authorization: 'ACS3-HMAC-SHA256 …',
    'x-acs-security-token': 'sts',
    'proxy-authorization': 'Basic …',
    'set-cookie': 'a=b',
  }
  expect(Object.values(redactHeaders(headers))).toEqual(['***', '***', '***', '***'])
})

test('harmless headers stay as they are', () => {
  const headers = { host: 'dbs-api.cn-hangzhou.aliyuncs.com', 'x-acs-signature-nonce': 'n-1', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }
  expect(redactHeaders(headers)).toEqual(headers)
})

test('a hostile header cannot steer the terminal', () => {
  expect(redactHeaders({ server: 'x\u001B[2Jy', location: 'https://oss.example/f?Signature=abc' })).toEqual({
    server: 'x [2Jy',
    location: 'https://oss.example/f?***',
  })
})

test.each([
  ['Signature=abc&Action=DescribeRegions', 'Signature=***&Action=DescribeRegions'],
  ['SecurityToken=a%3D%3D&Format=JSON', 'SecurityToken=***&Format=JSON'],
  ['SourceEndpointPassword=p&X.1.Secret=q', 'SourceEndpointPassword=***&X.1.Secret=***'],
  ['AccessKeyId=LTAI5tExampleKeyId99', 'AccessKeyId=LTAI***99'],
  ['ClientToken=abc&SignatureNonce=n&SignatureMethod=HMAC-SHA1', 'ClientToken=abc&SignatureNonce=n&SignatureMethod=HMAC-SHA1'],
  ['', ''],
])('parameters %j are shown as %j', (encoded, shown) => {
  expect(redactParameters(encoded)).toBe(shown)
  expect(redactUrl(`https://host/?${encoded}`)).toBe(`https://host/?${shown}`)
})

test('a URL without a query stays as it is', () => {
  expect(redactUrl('https://host/')).toBe('https://host/')
})

test('no signed request shows its keys, token or signature', () => {
  const secret = fc.stringMatching(/^[A-Za-z0-9+/=&%]{16,40}$/)
  fc.assert(
    fc.property(
      secret,
      secret,
      fc.constantFrom('v1' as const, 'v3' as const),
      fc.constantFrom('GET' as const, 'POST' as const),
      (securityToken, password, signature, method) => {
        const plan = {
          endpoint: new URL('https://dbs-api.cn-hangzhou.aliyuncs.com'),
          signature,
          method,
          wire: 'json',
          userAgent: 'u',
        } as const
        const credentials = {
          accessKeyId: 'LTAI5tExampleKeyId99',
          accessKeySecret: 'secretsecretsecret',
          securityToken: `T~${securityToken}`,
        }
        const request = signedRequest(
          { action: 'CreateBackupPlan', version: '2019-03-06', parameters: { SourceEndpointPassword: `P~${password}` }, safety: 'unsafe' },
          plan,
          { credentials, date: new Date(0), nonce: 'n' },
        )
        const shown = JSON.stringify([
          redactUrl(request.url),
          redactHeaders(request.headers),
          redactParameters(request.body),
          redactStringToSign(request.stringToSign),
        ])
        expect(shown).not.toMatch(/T~|P~|T%7E|LTAI5tExampleKeyId99/)
        expect(shown).not.toContain(encodeURIComponent(request.signature))
        expect(shown).toContain('CreateBackupPlan')
      },
    ),
  )
})
