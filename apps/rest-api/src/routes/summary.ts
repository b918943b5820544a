import { DownloadTask, TaskFilter } from '@backset/core'
import { exactJson } from '@backset/formats'
import { createRoute } from '@hono/zod-openapi'
import * as z from 'zod'
import type { ApiParts } from '../app.js'
import { requirePlan, requireProof } from '../lists/judge.js'
import { snapshotHeaders } from '../openapi/headers.js'
import { createRouter, problems } from '../router.js'
import { Summaries, summaryKey } from '../summaries.js'
import { TaskReader } from '../task-reader.js'
import { allowIncompleteQuery } from './allow-incomplete.js'
import { cacheHeaders, isNamed, revalidate, weakTag } from './cache-headers.js'
import { needs } from './needs.js'
import { ProofAnswer } from './proof-schema.js'
import { regionQuery, TaskAnswer } from './task-schema.js'

const tally = {
  count: z.int().meta({ description: 'Tasks' }),
  bytes: z.int().meta({ description: 'Bytes of those whose size is known; may be beyond 2^53, so read it as a 64-bit integer' }),
}
const Tally = z.object(tally).meta({ id: 'Tally' })
const Breakdown = z
  .object({
    groups: z.array(z.object({ name: z.string(), ...tally })),
    without: Tally.optional().meta({ description: 'Tasks that lack the field' }),
    other: Tally.optional().meta({ description: 'Tasks of further groups, when there are very many' }),
  })
  .meta({ id: 'Breakdown' })

const SummaryAnswer = z
  .object({
    ...tally,
    byStatus: Breakdown,
    byState: Breakdown,
    byDatabase: Breakdown,
    byPlan: Breakdown,
    byDay: Breakdown.meta({ description: 'By the day of the create time, in the zone that was asked for' }),
    failures: Breakdown.meta({ description: 'Failed tasks by what DBS says went wrong' }),
    slowest: z.array(TaskAnswer).meta({ description: 'The tasks that took longest, the slowest first, without links' }),
  })
  .meta({ id: 'Summary' })

const getSummary = createRoute({
  method: 'get',
  path: '/v1/summary',
  operationId: 'getSummary',
  summary: "A plan's tasks in numbers",
  description: 'Counts and bytes by status, database, day and more, of the tasks that pass the filters.',
  ...needs('tasks:read'),
  request: {
    query: z.strictObject({
      backupPlanId: DownloadTask.shape.backupPlanId
        .unwrap()
        .min(1)
        .max(256)
        .meta({ description: 'Backup plan', example: 'dbstooi01eXXXX' }),
      region: regionQuery,
      ...TaskFilter.shape,
      timeZone: z
        .string()
        .max(64)
        .optional()
        .meta({ description: "Zone of days and of dates that name none; the server's without one", example: 'Asia/Shanghai' }),
      allowIncomplete: allowIncompleteQuery,
    }),
  },
  responses: {
    200: {
      description: 'The numbers, and what is known of the completeness of the list they were counted from',
      headers: snapshotHeaders,
      content: { 'application/json': { schema: z.object({ summary: SummaryAnswer, proof: ProofAnswer }).meta({ id: 'SummaryOfPlan' }) } },
    },
    304: { description: 'The same as named by If-None-Match', headers: snapshotHeaders },
    ...problems(404, 422, 502, 503),
  },
})

export const summaryRoutes = ({ upstream, store, settings, clock }: Pick<ApiParts, 'upstream' | 'store' | 'settings' | 'clock'>) => {
  const reader = new TaskReader(store)
  const summaries = new Summaries(clock)
  return createRouter().openapi(getSummary, async (c) => {
    const { backupPlanId, region, timeZone = settings.timezone, allowIncomplete, ...filter } = c.req.valid('query')
    const source = { region: upstream.regionNamed(region), backupPlanId }
    requirePlan(c.var.caller, source)
    using held = await reader.wholeList(source, c.req.raw.signal)
    const { snapshot } = held
    const { proof } = snapshot
    requireProof(proof, { allowIncomplete })
    const query = { filter, timeZone }
    const etag = weakTag(summaryKey(snapshot, query), proof.verdict)
    const headers = { ...revalidate, ...cacheHeaders(held), etag }
    if (isNamed(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers)
    const summary = await summaries.of(snapshot, query)
    return c.body(exactJson({ summary, proof }), 200, { ...headers, 'content-type': 'application/json' }) as never
  })
}
