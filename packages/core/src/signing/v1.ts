import { createHmac } from 'node:crypto'
import { canonicalQuery } from './canonical.js'
import { percentEncode } from './percent-encode.js'

/** Every text on the way to a v1 signature. */
export interface V1Texts {
  readonly canonicalizedQueryString: string
  readonly stringToSign: string
  /** Base64; sent as the parameter `Signature`. */
  readonly signature: string
}

/**
 * Signs the parameters of one RPC call with HMAC-SHA1 (SignatureVersion 1.0; the vendor's pages now call the mechanism V2). Query and form
 * parameters are signed alike: `parameters` holds them all but `Signature` itself, and an STS token is the parameter `SecurityToken`.
 * @param method as it is really sent
 */
export function signV1(
  method: string,
  parameters: Readonly<Record<string, string>>,
  { accessKeySecret }: { readonly accessKeySecret: string },
): V1Texts {
  const canonicalizedQueryString = canonicalQuery(parameters)
  const stringToSign = `${method}&${percentEncode('/')}&${percentEncode(canonicalizedQueryString)}`
  const signature = createHmac('sha1', `${accessKeySecret}&`).update(stringToSign).digest('base64')
  return { canonicalizedQueryString, stringToSign, signature }
}
