import type { MiddlewareHandler } from 'hono'
import type { ApiEnv } from '../router.js'

const methods = 'GET, HEAD, POST'
const takes = 'authorization, content-type, if-none-match, idempotency-key, last-event-id, traceparent, x-request-id'
const shows =
  'age, cache-status, etag, idempotency-replayed, link, location, ratelimit, ratelimit-policy, retry-after, x-backset-proof, x-backset-upstream-request-id, x-request-id'

/**
 * Lets pages of the origins named read answers, errors included; nobody else's. Cookies are never let through: such a page sends a key.
 * @param origins as browsers write them, `https://grafana.example.com`; `*` is any
 */
export function cors(origins: readonly string[]): MiddlewareHandler<ApiEnv> {
  const isNamed = (origin: string | undefined): origin is string =>
    origin !== undefined && (origins.includes('*') ? origin !== 'null' : origins.includes(origin))
  return async (c, next) => {
    const { incoming, outgoing } = c.env
    const { origin } = incoming.headers
    if (isNamed(origin)) {
      // On the answer of the socket, so that errors and streams have them, too.
      outgoing.setHeader('access-control-allow-origin', origin)
      outgoing.setHeader('access-control-expose-headers', shows)
      if (incoming.method === 'OPTIONS' && incoming.headers['access-control-request-method'] !== undefined) {
        return c.body(null, 204, {
          'access-control-allow-methods': methods,
          'access-control-allow-headers': takes,
          'access-control-max-age': '600',
          vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
        })
      }
    }
    await next()
    return c.header('vary', 'Origin', { append: true }) // which named it is, or none: a cache must not give one's answer to another
  }
}
