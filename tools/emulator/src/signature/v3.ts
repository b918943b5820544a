import { createHash, createHmac } from 'node:crypto'
import { headerOf, type Incoming } from '../api/incoming.js'
import { canonicalQuery, type Pairs } from './percent.js'
import { sameText } from './same-text.js'
import type { SignedCall } from './signed-call.js'

const algorithm = 'ACS3-HMAC-SHA256'

/** The vendor's page "V3 request structure and signature": one space after the algorithm, commas without spaces. */
const wellFormed = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/

/** A call signed with ACS3; undefined when there is no such Authorization header. */
export function readV3(incoming: Incoming): SignedCall | undefined {
  const { headers, query, form } = incoming
  const authorization = headerOf(headers, 'authorization')
  if (authorization === undefined || !authorization.startsWith('ACS3-')) return undefined
  const [, accessKeyId, names = '', signature = ''] = wellFormed.exec(authorization) ?? []
  const signedHeaders = names.split(';')
  return {
    signature: 'v3',
    action: headerOf(headers, 'x-acs-action'),
    version: headerOf(headers, 'x-acs-version'),
    format: /xml/i.test(headerOf(headers, 'accept') ?? '') ? 'xml' : 'json',
    accessKeyId,
    timestamp: headerOf(headers, 'x-acs-date'),
    nonce: headerOf(headers, 'x-acs-signature-nonce'),
    securityToken: headerOf(headers, 'x-acs-security-token'),
    parameters: [...query, ...form],
    flaw: flawIn(headers, accessKeyId, signedHeaders),
    verify(accessKeySecret) {
      const bodyHash = sha256(incoming.body)
      const stringToSign = `${algorithm}\n${sha256(canonicalRequest(incoming, signedHeaders, bodyHash))}`
      const expected = createHmac('sha256', accessKeySecret).update(stringToSign).digest('hex')
      return { stringToSign, matches: headerOf(headers, 'x-acs-content-sha256') === bodyHash && sameText(expected, signature) }
    },
  }
}

/** Six parts, one a line; the headers end with a newline of their own. */
export function canonicalRequest({ method, path, query, headers }: Incoming, signedHeaders: readonly string[], bodyHash: string): string {
  const lines = signedHeaders.map((name) => `${name}:${valuesOf(headers, name)}\n`).join('')
  return [method.toUpperCase(), path, canonicalQuery(query), lines, signedHeaders.join(';'), bodyHash].join('\n')
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex')

/** Several values of one name are trimmed, sorted and joined. */
const valuesOf = (headers: Pairs, name: string): string =>
  headers
    .filter(([key]) => key === name)
    .map(([, value]) => value.trim())
    .toSorted()
    .join(',')

function flawIn(headers: Pairs, accessKeyId: string | undefined, signedHeaders: readonly string[]): string | undefined {
  if (accessKeyId === undefined) return 'Authorization is not well formed'
  if (headerOf(headers, 'x-acs-content-sha256') === undefined) return 'x-acs-content-sha256 is missing'
  const sorted = signedHeaders.every((name, at) => name === name.toLowerCase() && (signedHeaders[at - 1] ?? '') < name)
  if (!sorted) return 'SignedHeaders are not sorted lower-case names'
  const absent = signedHeaders.find((name) => headerOf(headers, name) === undefined)
  if (absent !== undefined) return `the signed header ${absent} was not sent`
  const unsigned = headers.find(
    ([name]) => (name === 'host' || name === 'content-type' || name.startsWith('x-acs-')) && !signedHeaders.includes(name),
  )
  return unsigned === undefined ? undefined : `${unsigned[0]} is not signed`
}
