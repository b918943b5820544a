import type { SignedRequest } from '@backset/core'

const indented = (text: string): string => text.replaceAll(/^/gm, '  ')

/** A request as people read it: the line, the headers, the body, and the two texts its signature comes from. */
export function asRequest({ method, url, headers, body, canonicalRequest, stringToSign }: SignedRequest): string {
  return [
    `${method} ${url}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : ['', body]),
    '',
    'canonical request:',
    indented(canonicalRequest),
    '',
    'string to sign:',
    indented(stringToSign),
    '',
  ].join('\n')
}
