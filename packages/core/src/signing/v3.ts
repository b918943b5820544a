import { createHmac, hash } from 'node:crypto'
import { canonicalQuery, signedHeaderMap } from './canonical.js'
import type { AccessKey, SignableRequest } from './signable-request.js'

/** Every text on the way to a v3 signature; a refusal is compared with the string the gateway prints. */
export interface V3Texts {
  readonly canonicalQueryString: string
  readonly signedHeaders: string
  readonly canonicalRequest: string
  readonly stringToSign: string
  readonly signature: string
  /** The value of the Authorization header. */
  readonly authorization: string
}

const v3Algorithm = 'ACS3-HMAC-SHA256'

/** Lower-case hex of SHA-256: what `x-acs-content-sha256` holds. */
export const sha256Hex = (data: string | Uint8Array): string => hash('sha256', data)

/**
 * Signs one request with ACS3-HMAC-SHA256, step by step as the vendor names them ("V3 request structure and signature"). Date, nonce and, with
 * an STS token, `x-acs-security-token` are already among the headers. The variants with SM3, RSA and bearer tokens are left out on purpose: the
 * vendor documents this one for DBS.
 */
export function signV3(
  { method, path = '/', query, headers, bodyHash }: SignableRequest,
  { accessKeyId, accessKeySecret }: AccessKey,
): V3Texts {
  const canonicalQueryString = canonicalQuery(query)
  const signed = signedHeaderMap(headers)
  const canonicalHeaders = [...signed].map(([name, value]) => `${name}:${value}\n`).join('')
  const signedHeaders = [...signed.keys()].join(';')
  const canonicalRequest = [method, path, canonicalQueryString, canonicalHeaders, signedHeaders, bodyHash].join('\n')
  const stringToSign = `${v3Algorithm}\n${sha256Hex(canonicalRequest)}`
  const signature = createHmac('sha256', accessKeySecret).update(stringToSign).digest('hex')
  const authorization = `${v3Algorithm} Credential=${accessKeyId},SignedHeaders=${signedHeaders},Signature=${signature}`
  return { canonicalQueryString, signedHeaders, canonicalRequest, stringToSign, signature, authorization }
}
