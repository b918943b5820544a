import type { SignedRequest } from '@backset/core'

/** Quotes one word for a POSIX shell: inside single quotes nothing has a meaning but the quote itself. */
const shellQuoted = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)

/** A request as a curl line; it works once, within 15 minutes, and only with `--reveal` and real keys. */
export function asCurl({ method, url, headers, body }: SignedRequest): string {
  const sent = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'host') // curl writes it from the URL
  const words = [
    'curl',
    '-X',
    method,
    ...sent.flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    // Nothing to send is said too: some gateways refuse a POST without a length.
    ...(body === '' ? (method === 'POST' ? ['-H', 'content-length: 0'] : []) : ['--data-raw', body]),
    url,
  ]
  return `${words.map(shellQuoted).join(' ')}\n`
}
