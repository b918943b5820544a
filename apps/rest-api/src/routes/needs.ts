import type { MiddlewareHandler } from 'hono'
import { requireScope, type Scope } from '../auth/caller.js'
import type { ApiEnv } from '../router.js'

/** The scope a route demands, in its contract and before its body is read: `...needs('links:read')`. */
export function needs(scope: Scope): { security: Record<string, string[]>[]; middleware: MiddlewareHandler<ApiEnv> } {
  return {
    security: [{ key: [scope] }, { session: [scope] }],
    middleware: async (c, next) => {
      requireScope(c.var.caller, scope)
      await next()
    },
  }
}
