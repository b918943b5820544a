import type { MiddlewareHandler } from 'hono'
import type { Door } from '../auth/door.js'
import type { ApiEnv } from '../router.js'
import type { ApiSettings } from '../settings.js'
import { authenticate } from './authenticate.js'
import { cors } from './cors.js'
import { noKeyGuard } from './no-key-guard.js'
import { strictTransport } from './secure-headers.js'

/** What a request passes before any route, in this order. */
export function entrance(parts: Door & { readonly settings: ApiSettings }): readonly MiddlewareHandler<ApiEnv>[] {
  const { access, settings } = parts
  const { trustProxy, corsOrigin } = settings
  return [
    ...(trustProxy === undefined ? [] : [strictTransport(trustProxy)]),
    ...(corsOrigin === undefined ? [] : [cors(corsOrigin)]),
    ...(access.hasKeys ? [] : [noKeyGuard]),
    authenticate(parts),
  ]
}
