import type { Context, MiddlewareHandler } from 'hono'
import { ApiError } from '../api-error.js'
import type { Access, Identity } from '../auth/access.js'
import { localPath } from '../auth/local-path.js'
import { requireSameOrigin } from '../auth/same-origin.js'
import { clientOf } from '../limits/client-address.js'
import type { Limiter } from '../limits/limiter.js'
import type { ApiEnv } from '../router.js'
import type { ApiSettings } from '../settings.js'

export interface AuthenticateParts {
  readonly access: Access
  /** Undefined: nobody is bounded. */
  readonly limiter: Limiter | undefined
  readonly settings: Pick<ApiSettings, 'trustProxy'>
}

/** Asked by whoever runs the server, from an address that others may share: neither known nor counted. */
const probes: ReadonlySet<string> = new Set(['/livez', '/readyz'])

/** What may be known without a key: the contract, and what the login page stands on. Everything else is closed, what comes later included. */
const isPublic = (path: string): boolean =>
  publicPaths.has(path) || path.startsWith('/assets/') || path.startsWith('/problems/') || path.startsWith('/docs/')
const publicPaths: ReadonlySet<string> = new Set(['/openapi.json', '/docs', '/problems', '/login', '/logout', '/favicon.ico'])

/**
 * Who asks: known anew at each request, so that a revoked key is out at once. A good key is counted for itself, everybody else by address; the key is
 * looked at first, which costs one hash, so that whoever floods an address holds up nobody with a key.
 */
export const authenticate =
  ({ access, limiter, settings: { trustProxy } }: AuthenticateParts): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const { path } = c.req
    if (probes.has(path)) return next()
    const { incoming, outgoing } = c.env
    const identity = access.identify(incoming.headers)
    const { caller, by } = identity
    if (limiter !== undefined) {
      if (caller === undefined || !access.hasKeys) await limiter.countAddress(clientOf(incoming, trustProxy).address, outgoing)
      else await limiter.countKey(caller.id, outgoing)
    }
    if (caller === undefined) return isPublic(path) ? next() : refuse(c, identity)
    if (by === 'session' && !isSafe(incoming.method)) requireSameOrigin(incoming, clientOf(incoming, trustProxy))
    c.set('caller', caller)
    c.var.exchange.callerId = caller.id
    return next()
  }

const isSafe = (method: string | undefined): boolean => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'

/** The same for a key that is unknown, wrong, expired or revoked. A person is shown the way to the login instead. */
function refuse(c: Context<ApiEnv>, { by }: Identity): Response {
  const { method, url = '/', headers } = c.env.incoming
  const isPage =
    isSafe(method) && by !== 'key' && !/^\/(?:v1|metrics)(?:\/|$)/.test(c.req.path) && (headers.accept ?? '').includes('text/html')
  if (isPage) {
    return c.body(null, 303, { location: `/login?next=${encodeURIComponent(localPath(url))}`, 'cache-control': 'no-store' })
  }
  throw new ApiError('unauthenticated', by === 'none' ? 'This needs a key.' : 'The key, or the login, is not in force.', {
    hint: 'Send a key as Authorization: Bearer bsk_…; backset-api keys list shows which are in force.',
    headers: { 'www-authenticate': `Bearer realm="backset"${by === 'none' ? '' : ', error="invalid_token"'}` },
  })
}
