import type { Clock } from '@backset/core'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { Door } from './auth/door.js'
import { sessionRoutes } from './auth/session-routes.js'
import { LoginPage } from './dashboard/login.js'
import { documentOf } from './dashboard/page.js'
import type { Assets } from './dashboard/assets.js'
import type { EventFeeds } from './events/feeds.js'
import { answerError } from './answer-error.js'
import type { Journal } from './journal/journal.js'
import { entrance } from './middleware/entrance.js'
import { guardBody } from './middleware/body-guard.js'
import { noSuchRoute } from './middleware/no-such-route.js'
import { requestContext } from './middleware/request-context.js'
import type { Readiness } from './readiness.js'
import type { PlanReader } from './plans/plan-reader.js'
import { createRouter } from './router.js'
import { assetRoutes } from './routes/assets.js'
import { backupPlanRoutes } from './routes/backup-plans.js'
import { dashboardRoutes } from './routes/dashboard.js'
import { createTaskRoutes } from './routes/create-download-task.js'
import { docsRoutes } from './routes/docs.js'
import { downloadTaskRoutes } from './routes/download-tasks.js'
import { healthRoutes } from './routes/health.js'
import { metricsRoutes } from './routes/metrics.js'
import { listTaskRoutes } from './routes/list-download-tasks.js'
import { linkRoutes } from './routes/links.js'
import { eventRoutes } from './routes/events.js'
import { openApiRoutes } from './routes/openapi.js'
import { regionRoutes } from './routes/regions.js'
import { summaryRoutes } from './routes/summary.js'
import type { ApiSettings } from './settings.js'
import type { SnapshotStore } from './snapshots/store.js'
import type { Upstream } from './upstream.js'

/** Everything the application stands on; `server.ts` gives the real ones, tests their own. */
export interface ApiParts extends Door {
  readonly settings: ApiSettings
  readonly upstream: Upstream
  readonly store: SnapshotStore
  readonly plans: PlanReader
  readonly feeds: EventFeeds
  readonly log: Logger
  readonly clock: Clock
  readonly version: string
  readonly journal: Journal
  readonly registry: Registry
  readonly readiness: Readiness
  /** What cursors and sessions are signed with, each with a key derived from it. */
  readonly cursorKey: Uint8Array
  /** What pages load. */
  readonly assets: Assets
}

/** The application: middleware, routes, and one road for every error. */
export function createApp(parts: ApiParts) {
  const app = createRouter()
  app.use(requestContext(parts.journal))
  for (const middleware of entrance(parts)) app.use(middleware)
  app.use(guardBody)
  app.route('/', eventRoutes(parts)) // before the tasks, whose ids may be any word
  app.route('/', listTaskRoutes(parts))
  app.route('/', downloadTaskRoutes(parts))
  app.route('/', healthRoutes(parts))
  app.route('/', metricsRoutes(parts))
  app.route('/', linkRoutes(parts))
  app.route('/', createTaskRoutes(parts))
  app.route('/', backupPlanRoutes(parts))
  app.route('/', regionRoutes(parts))
  app.route('/', summaryRoutes(parts))
  app.route('/', openApiRoutes(app))
  app.route('/', docsRoutes(app, parts))
  app.route('/', assetRoutes(parts))
  app.route('/', sessionRoutes({ ...parts, loginPage: (facts) => documentOf(LoginPage({ assets: parts.assets, ...facts })) }))
  app.route('/', dashboardRoutes(parts))
  app.notFound(noSuchRoute(app))
  app.onError(answerError)
  return app
}
