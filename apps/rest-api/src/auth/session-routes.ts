import { ApiError } from '../api-error.js'
import { clientOf } from '../limits/client-address.js'
import { pageHeaders } from '../dashboard/page-headers.js'
import { createRouter } from '../router.js'
import type { ApiSettings } from '../settings.js'
import type { Access } from './access.js'
import { localPath } from './local-path.js'
import { requireSameOrigin } from './same-origin.js'
import type { Sessions } from './session.js'

export interface SessionRoutesParts {
  readonly access: Access
  /** Undefined without keys: there is nothing to log in with, and no need. */
  readonly sessions: Sessions | undefined
  readonly settings: Pick<ApiSettings, 'trustProxy'>
  /** The whole document. `next` is a path of this server. */
  readonly loginPage: (facts: { readonly next: string; readonly fault?: string }) => string | Promise<string>
}

/** The dashboard's login: a form that takes a key, and a cookie that stands for it. */
export function sessionRoutes({ access, sessions, settings: { trustProxy }, loginPage }: SessionRoutesParts) {
  return createRouter()
    .get('/login', async (c) => {
      const next = localPath(c.req.query('next'))
      if (sessions === undefined) return c.body(null, 303, { location: next })
      return c.body(await loginPage({ next }), 200, pageHeaders)
    })
    .post('/login', async (c) => {
      const client = clientOf(c.env.incoming, trustProxy)
      requireSameOrigin(c.env.incoming, client)
      const form = await formIn(c.req.header('content-type'), () => c.req.text())
      const next = localPath(form.get('next') ?? undefined)
      if (sessions === undefined) return c.body(null, 303, { location: next })
      const caller = access.holderOf((form.get('key') ?? '').trim())
      if (caller === undefined) {
        const page = await loginPage({ next, fault: 'This key opens nothing: it is mistyped, expired or revoked.' })
        return c.body(page, 401, { ...pageHeaders, 'www-authenticate': 'Bearer realm="backset", error="invalid_token"' })
      }
      return c.body(null, 303, {
        location: next,
        'set-cookie': sessions.open(caller.id, client.isHttps),
        'cache-control': 'no-store',
      })
    })
    .post('/logout', (c) => {
      const client = clientOf(c.env.incoming, trustProxy)
      requireSameOrigin(c.env.incoming, client)
      const headers = { location: '/login', 'cache-control': 'no-store' }
      if (sessions === undefined) return c.body(null, 303, headers)
      return c.body(null, 303, { ...headers, 'set-cookie': sessions.end(c.req.header('cookie'), client.isHttps) })
    })
}

async function formIn(type: string | undefined, read: () => Promise<string>): Promise<URLSearchParams> {
  if (type?.split(';')[0]?.trim().toLowerCase() === 'application/x-www-form-urlencoded') return new URLSearchParams(await read())
  throw new ApiError('unsupported-media-type', 'A login comes as a form.', {
    hint: 'Send application/x-www-form-urlencoded with the field key.',
  })
}
