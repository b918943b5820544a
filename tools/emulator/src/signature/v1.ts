import { createHmac } from 'node:crypto'
import type { Incoming } from '../api/incoming.js'
import { canonicalQuery, percentEncode, type Pairs } from './percent.js'
import { sameText } from './same-text.js'
import type { SignedCall } from './signed-call.js'

/** Parameters of every request (vendor's page "RPC mechanism"); the rest belongs to the operation. RegionId is put into every call by the vendor's old Go SDK. */
const common = new Set([
  'Action',
  'Version',
  'Format',
  'AccessKeyId',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'SignatureType',
  'Timestamp',
  'SecurityToken',
  'RegionId',
])

/** Reads a call signed with HMAC-SHA1, SignatureVersion 1.0: query and form are one map, wherever a parameter came. */
export function readV1({ method, query, form }: Incoming): SignedCall {
  const merged = new Map([...query, ...form])
  const pairs: Pairs = [...merged]
  return {
    signature: merged.has('Signature') || merged.has('AccessKeyId') ? 'v1' : 'none',
    action: merged.get('Action'),
    version: merged.get('Version'),
    format: formatOf(merged.get('Format')),
    accessKeyId: merged.get('AccessKeyId'),
    timestamp: merged.get('Timestamp'),
    nonce: merged.get('SignatureNonce'),
    securityToken: merged.get('SecurityToken'),
    parameters: pairs.filter(([name]) => !common.has(name)),
    flaw: flawIn(merged),
    verify(accessKeySecret) {
      const stringToSign = stringToSignV1(method, pairs)
      return { stringToSign, matches: sameText(signV1(stringToSign, accessKeySecret), merged.get('Signature') ?? '') }
    },
  }
}

/** HTTP method, the path and the canonicalized query, which is encoded once more as a whole. */
export const stringToSignV1 = (method: string, pairs: Pairs): string =>
  `${method.toUpperCase()}&%2F&${percentEncode(canonicalQuery(pairs.filter(([name]) => name !== 'Signature')))}`

export const signV1 = (stringToSign: string, accessKeySecret: string): string =>
  createHmac('sha1', `${accessKeySecret}&`).update(stringToSign).digest('base64')

/** XML where nothing is said. */
const formatOf = (format: string | undefined): SignedCall['format'] =>
  format === undefined || /^xml$/i.test(format) ? 'xml' : /^json$/i.test(format) ? 'json' : 'unknown'

function flawIn(parameters: ReadonlyMap<string, string>): string | undefined {
  if (!parameters.has('Signature')) return 'Signature is missing'
  if (parameters.get('SignatureMethod') !== 'HMAC-SHA1') return 'SignatureMethod is not HMAC-SHA1'
  return parameters.get('SignatureVersion') === '1.0' ? undefined : 'SignatureVersion is not 1.0'
}
