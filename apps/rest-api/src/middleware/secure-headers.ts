import type { ServerResponse } from 'node:http'
import type { BlockList } from 'node:net'
import type { MiddlewareHandler } from 'hono'
import { clientOf } from '../limits/client-address.js'
import type { ApiEnv } from '../router.js'

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

/** Headers every answer bears, set before anything else is done, so that none goes without; what an answer says itself wins. */
export function secureHeaders(outgoing: ServerResponse): void {
  outgoing.setHeader('x-content-type-options', 'nosniff')
  outgoing.setHeader('referrer-policy', 'no-referrer')
  outgoing.setHeader('x-frame-options', 'DENY')
  outgoing.setHeader('cross-origin-resource-policy', 'same-origin')
  outgoing.setHeader('content-security-policy', dataPolicy)
}

/** Tells browsers that came by https to stay there; a proxy that is believed says which did. */
export const strictTransport =
  (trustProxy: BlockList): MiddlewareHandler<ApiEnv> =>
  (c, next) => {
    const { incoming, outgoing } = c.env
    if (clientOf(incoming, trustProxy).isHttps) outgoing.setHeader('strict-transport-security', 'max-age=31536000')
    return next()
  }
