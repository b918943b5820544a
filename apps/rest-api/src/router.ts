import type { HttpBindings } from '@hono/node-server'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Caller } from './auth/caller.js'
import type { Exchange } from './journal/exchange.js'
import { Problem } from './problem.js'
import './fault-words.js'
import { RequestFaults } from './request-faults.js'
import { answeredCodes, statusesOf } from './statuses.js'

/** What stands beside every request. */
export interface ApiEnv {
  readonly Bindings: HttpBindings
  readonly Variables: {
    /** Who asks, once authenticated. */
    caller: Caller
    /** As `x-request-id` answers it. */
    requestId: string
    /** The request as logs and metrics see it; its `log` names the request in each line. */
    exchange: Exchange
  }
}

/** A router whose validation throws, so that every error takes one road. */
export const createRouter = (): OpenAPIHono<ApiEnv> =>
  new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (!result.success) throw new RequestFaults(result.error)
    },
  })

/** Error answers of a contract: `...problems(404, 503)`. What every route may answer stands in each. */
export function problems<const Status extends number>(...more: readonly Status[]) {
  const everywhere = [400, 401, 403, 406, 429, 500] as const
  const described = [...everywhere, ...more].map((status) => [
    status,
    {
      description: answeredCodes
        .filter((code) => statusesOf(code).includes(status))
        .map((code) => `\`${code}\``)
        .join(', '),
      content: { 'application/problem+json': { schema: Problem } },
    },
  ])
  return Object.fromEntries(described) as Record<
    (typeof everywhere)[number] | Status,
    { readonly description: string; readonly content: { readonly 'application/problem+json': { readonly schema: typeof Problem } } }
  >
}
