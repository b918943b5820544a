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

/** What is answered before a route is reached, or when it breaks. */
const everywhere = [400, 403, 408, 414, 431, 500] as const
/** Where a key is asked for, that its caller's pace is kept, and what is understood is agreed on. */
const withKey = [401, 406, 429] as const

interface ProblemAnswer {
  readonly description: string
  readonly content: { readonly 'application/problem+json': { readonly schema: typeof Problem } }
}

type Problems<Status extends number> = Record<Status, ProblemAnswer>

/** Error answers of a contract that asks for a key: `...problems(404, 503)`. What every such route may answer stands in each. */
export const problems = <const Status extends number>(
  ...more: readonly Status[]
): Problems<(typeof everywhere)[number] | (typeof withKey)[number] | Status> => described([...everywhere, ...withKey, ...more])

/** Error answers of a contract that asks for no key. */
export const openProblems = (): Problems<(typeof everywhere)[number]> => described(everywhere)

const described = <Status extends number>(all: readonly Status[]): Problems<Status> =>
  Object.fromEntries(
    all.map((status) => [
      status,
      {
        description: answeredCodes
          .filter((code) => statusesOf(code).includes(status))
          .map((code) => `\`${code}\``)
          .join(', '),
        content: { 'application/problem+json': { schema: Problem } },
      },
    ]),
  ) as Problems<Status>
