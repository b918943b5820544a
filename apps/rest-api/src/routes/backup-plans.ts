import { exactJson } from '@backset/formats'
import { createRoute } from '@hono/zod-openapi'
import * as z from 'zod'
import type { ApiParts } from '../app.js'
import { maySee } from '../auth/caller.js'
import { requireProof } from '../lists/judge.js'
import { snapshotHeaders } from '../openapi/headers.js'
import { PlanAnswer, planAnswer } from '../plans/plan-answer.js'
import { createRouter, problems } from '../router.js'
import { allowIncompleteQuery } from './allow-incomplete.js'
import { cacheHeaders, isNamed, revalidate, weakTag } from './cache-headers.js'
import { needs } from './needs.js'
import { ProofAnswer } from './proof-schema.js'
import { regionQuery } from './task-schema.js'

const listPlans = createRoute({
  method: 'get',
  path: '/v1/backup-plans',
  operationId: 'listBackupPlans',
  summary: 'The backup plans of a region',
  description: 'All of them at once; a key that is bounded to plans is shown these.',
  ...needs('tasks:read'),
  request: { query: z.strictObject({ region: regionQuery, allowIncomplete: allowIncompleteQuery }) },
  responses: {
    200: {
      description: 'The plans that the caller may see, and what is known of the completeness of the whole list',
      headers: snapshotHeaders,
      content: {
        'application/json': { schema: z.object({ items: z.array(PlanAnswer), proof: ProofAnswer }).meta({ id: 'BackupPlanList' }) },
      },
    },
    304: { description: 'The same as named by If-None-Match', headers: snapshotHeaders },
    ...problems(502, 503),
  },
})

export const backupPlanRoutes = ({ upstream, plans }: Pick<ApiParts, 'upstream' | 'plans'>) =>
  createRouter().openapi(listPlans, async (c) => {
    const { region, allowIncomplete } = c.req.valid('query')
    const { value, ageMs, freshness } = await plans.plans(upstream.regionNamed(region), c.req.raw.signal)
    const { proof } = value
    requireProof(proof, { allowIncomplete })
    const items = value.plans.filter(({ backupPlanId }) => maySee(c.var.caller, backupPlanId)).map(planAnswer)
    const etag = weakTag(exactJson(items), proof.verdict)
    const headers = { etag, ...revalidate, ...cacheHeaders({ snapshot: { ageMs, proof }, freshness }) }
    if (isNamed(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers)
    return c.body(exactJson({ items, proof }), 200, { 'content-type': 'application/json', ...headers }) as never
  })
