import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { METHOD_NAME_ALL } from 'hono/router'
import type { Journal } from '../journal/journal.js'
import { unmatched } from '../journal/exchange.js'
import type { ApiEnv } from '../router.js'

/** First of all: ties a request to its journal entry, and tells the journal which route answers. */
export const requestContext =
  (journal: Journal): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const { incoming, outgoing } = c.env
    const exchange = journal.of(outgoing) ?? journal.open(incoming, outgoing)
    c.set('exchange', exchange)
    c.set('requestId', exchange.requestId)
    exchange.route = templateOf(c)
    await Promise.race([next(), exchange.givenUp])
    // What would have been the body is read by nobody; whoever makes it has to hear that.
    if (incoming.method === 'HEAD') await c.res.body?.cancel()
  }

const templates = new Map<string, string>()

/**
 * The path of the route that answers, as contracts write it: `/v1/download-tasks/{taskId}`. Middleware matches too, and is no route; of several the first
 * answers, as `/v1/download-tasks/events` does before `{taskId}`.
 */
function templateOf(c: Context): string {
  const path = matchedRoutes(c).find(({ method }) => method !== METHOD_NAME_ALL)?.path
  if (path === undefined) return unmatched
  const kept = templates.get(path)
  if (kept !== undefined) return kept
  const template = path.replaceAll(/:(\w+)(\{[^/]*\})?/g, '{$1}')
  templates.set(path, template)
  return template
}
