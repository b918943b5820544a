import type { ServerResponse } from 'node:http'

/** What an answer that is no page may do in a browser: nothing. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'"

/** The `Content-Security-Policy` of a page: everything it loads comes from here, and nothing stands inline. */
export const pagePolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * Headers of a page, instead of those of data. A page says `same-origin`, not `no-referrer`: with that its own forms would come with `Origin: null`
 * (Fetch, "append a request Origin header").
 * @example c.body(page, 200, pageHeaders)
 */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': pagePolicy,
  'referrer-policy': 'same-origin',
} as const

/** Headers every answer bears, set before anything else is done, so that none goes without; what an answer says itself wins. */
export function secureHeaders(outgoing: ServerResponse, isHttps: boolean): void {
  outgoing.setHeader('x-content-type-options', 'nosniff')
  outgoing.setHeader('referrer-policy', 'no-referrer')
  outgoing.setHeader('x-frame-options', 'DENY')
  outgoing.setHeader('cross-origin-resource-policy', 'same-origin')
  outgoing.setHeader('content-security-policy', dataPolicy)
  if (isHttps) outgoing.setHeader('strict-transport-security', 'max-age=31536000')
}
