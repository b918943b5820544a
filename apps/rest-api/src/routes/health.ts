import { createRoute } from '@hono/zod-openapi'
import * as z from 'zod'
import { ApiError } from '../api-error.js'
import { Problem, problemOf } from '../problem.js'
import type { Readiness } from '../readiness.js'
import { Check } from '../readiness-check.js'
import { createRouter, openProblems } from '../router.js'

const Health = z.object({ status: z.enum(['live', 'ready', 'degraded']), checks: z.array(Check) }).meta({ id: 'Health' })
const NotReady = z.object({ ...Problem.shape, checks: z.array(Check) }).meta({ id: 'NotReady' })

const livez = createRoute({
  method: 'get',
  path: '/livez',
  operationId: 'isLive',
  tags: ['operation'],
  summary: 'Whether the process works',
  description: 'For a supervisor that starts it anew when this is not answered. Needs no key.',
  security: [],
  responses: { 200: { description: 'It does', content: { 'application/json': { schema: Health } } }, ...openProblems() },
})

const readyz = createRoute({
  method: 'get',
  path: '/readyz',
  operationId: 'isReady',
  tags: ['operation'],
  summary: 'Whether requests should be sent here',
  description:
    'For a load balancer. Needs no key. DBS is asked for it at most every 30 s. `degraded`: DBS is in trouble that may pass, and what is known answers in its place; it becomes `not-ready` when that has lasted longer than --stale-if-error. What somebody must mend, as refused keys, is `not-ready` at once.',
  security: [],
  responses: {
    200: { description: 'They should: `ready`, `degraded`', content: { 'application/json': { schema: Health } } },
    503: { description: '`not-ready`, `stopping`', content: { 'application/problem+json': { schema: NotReady } } },
    ...openProblems(),
  },
})

export const healthRoutes = ({ readiness }: { readonly readiness: Readiness }) =>
  createRouter()
    .openapi(livez, (c) => {
      const checks = [{ check: 'process', ok: true, detail: 'It turns.' }]
      return c.json({ status: 'live' as const, checks }, 200, { 'cache-control': 'no-store' })
    })
    .openapi(readyz, async (c) => {
      const checks = [...(await readiness.checks())]
      const failed = checks.filter(({ ok }) => !ok)
      const status = checks.some(({ degraded }) => degraded) ? ('degraded' as const) : ('ready' as const)
      if (failed.length === 0) return c.json({ status, checks }, 200, { 'cache-control': 'no-store' })
      const isStopping = failed.some(({ check }) => check === 'server')
      const detail = failed.map((check) => check.detail).join(' ')
      const { body, headers } = problemOf(new ApiError(isStopping ? 'stopping' : 'not-ready', detail))
      return c.body(JSON.stringify({ ...body, checks }), 503, headers) as never
    })
