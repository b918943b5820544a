import type { SignedRequest } from '@backset/core'

/** As a form or a query encodes it; what was signed encodes it twice. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

/** A signed request with its secrets as `***` wherever they stand: in URL, headers, body and the texts that were signed. */
export function masked(request: SignedRequest, secrets: readonly (string | undefined)[], reveal: boolean): SignedRequest {
  const hidden = [...secrets, reveal ? undefined : request.signature]
    .flatMap((secret) => (secret === undefined || secret === '' ? [] : [secret, encoded(secret), encoded(encoded(secret))]))
    .toSorted((a, b) => b.length - a.length)
  const mask = (text: string): string => hidden.reduce((rest, secret) => rest.replaceAll(secret, '***'), text)
  return {
    method: request.method,
    url: mask(request.url),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, mask(value)])),
    body: mask(request.body),
    canonicalRequest: mask(request.canonicalRequest),
    stringToSign: mask(request.stringToSign),
    signature: mask(request.signature),
  }
}
