import { createHmac } from 'node:crypto'

/** Headers that prove who sent a body, and when: `v1=` and the HMAC-SHA256, in hex, of the time in seconds, a dot, and the body. */
export function signatureHeaders(body: string, secret: string | undefined, now: number): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1000))
  if (secret === undefined) return { 'x-backset-timestamp': timestamp }
  const mac = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
  return { 'x-backset-timestamp': timestamp, 'x-backset-signature': `v1=${mac}` }
}
