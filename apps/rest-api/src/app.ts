import type { Clock } from '@backset/core'
import type { Logger } from 'pino'
import { anonymous } from './auth/caller.js'
import { problemOf } from './problem.js'
import { createRouter } from './router.js'
import { downloadTaskRoutes } from './routes/download-tasks.js'
import { openApiRoutes } from './routes/openapi.js'
import type { ApiSettings } from './settings.js'
import type { SnapshotStore } from './snapshots/store.js'
import type { Upstream } from './upstream.js'

/** Everything the application stands on; `server.ts` gives the real ones, tests their own. */
export interface ApiParts {
  readonly settings: ApiSettings
  readonly upstream: Upstream
  readonly store: SnapshotStore
  readonly log: Logger
  readonly clock: Clock
  readonly version: string
}

/** The application: middleware, routes, and one road for every error. */
export function createApp(parts: ApiParts) {
  const app = createRouter()
  app.use(async (c, next) => {
    c.set('caller', anonymous)
    await next()
  })
  app.route('/', downloadTaskRoutes(parts))
  app.route('/', openApiRoutes(app))
  app.onError((error, c) => {
    const { body, headers } = problemOf(error)
    if (body.status === 500) parts.log.error({ err: error }, 'a request failed')
    return c.body(JSON.stringify(body), body.status as 500, headers)
  })
  return app
}
