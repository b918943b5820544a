import { createFullBackupSetDownload, createIncrementBackupSetDownload, type CreatedTask, type DbsClient } from '@backset/core'
import { createRoute } from '@hono/zod-openapi'
import * as z from 'zod'
import type { ApiParts } from '../app.js'
import { CreateBody } from '../creates/create-body.js'
import { requireBackup } from '../creates/require-backup.js'
import { Idempotency } from '../idempotency.js'
import { requirePlan } from '../lists/judge.js'
import { createRouter, problems } from '../router.js'
import { needs } from './needs.js'
import { regionQuery } from './task-schema.js'
import { upstreamRequestId } from './upstream-request-id.js'

const example = { kind: 'full', backupPlanId: 'dbstooi01eXXXX', backupSetId: '1rcjxfk2vXXXX', dataFormat: 'SQL' }

const createTask = createRoute({
  method: 'post',
  path: '/v1/download-tasks',
  operationId: 'createDownloadTask',
  summary: 'Make a download task',
  description:
    'DBS makes the file of a backup ready for download. With an Idempotency-Key a request that is sent again within 24 hours makes nothing more and is answered with the same task.',
  ...needs('tasks:create'),
  request: {
    query: z.strictObject({ region: regionQuery }),
    headers: z.object({
      'idempotency-key': z
        .string()
        .regex(/^[\x21-\x7e]{1,255}$/, 'Give 1 to 255 visible ASCII characters.')
        .optional()
        .meta({ description: "Names this request among the caller's own", example: '2b9d1c52-ee6c-4a39-9c6d-7c1f2d8c7c11' }),
    }),
    body: { required: true, content: { 'application/json': { schema: CreateBody, example } } },
  },
  responses: {
    202: {
      description: 'The task is made; `Location` tells how far it is',
      headers: {
        Location: {
          description: 'Where the task is',
          required: true,
          schema: { type: 'string', example: '/v1/download-tasks/urxgrxt7abcd' },
        },
        'idempotency-replayed': { description: '`true` when the task was made before', schema: { type: 'string', enum: ['true'] } },
      },
      content: { 'application/json': { schema: z.object({ backupSetDownloadTaskId: z.string() }).meta({ id: 'CreatedDownloadTask' }) } },
    },
    ...problems(404, 413, 415, 422, 502, 503),
  },
})

export const createTaskRoutes = ({ upstream, store, clock }: Pick<ApiParts, 'upstream' | 'store' | 'clock'>) => {
  const idempotency = new Idempotency<CreatedTask>({ now: () => clock.monotonic() })
  return createRouter().openapi(createTask, async (c) => {
    const body = c.req.valid('json')
    const { region: named } = c.req.valid('query')
    const key = c.req.valid('header')['idempotency-key']
    const region = upstream.regionNamed(named)
    requirePlan(c.var.caller, { region, backupPlanId: body.backupPlanId })
    // Not ended when the caller leaves: it may be made already, and others may wait for it.
    const make = async (clientToken?: string): Promise<CreatedTask> => {
      const client = upstream.clientFor(region)
      await requireBackup(client, body)
      const created = await create(client, body, clientToken)
      store.expire({ region, backupPlanId: body.backupPlanId })
      store.expire({ region, backupSetDownloadTaskId: created.backupSetDownloadTaskId })
      return created
    }
    const { made, isReplayed } =
      key === undefined
        ? { made: await make(), isReplayed: false }
        : await idempotency.once({ callerId: c.var.caller.id, key, body: inOrder({ ...body, region }) }, make)
    const id = made.backupSetDownloadTaskId
    return c.json({ backupSetDownloadTaskId: id }, 202, {
      location: `/v1/download-tasks/${encodeURIComponent(id)}${named === undefined ? '' : `?region=${encodeURIComponent(named)}`}`,
      'cache-control': 'no-store',
      ...(isReplayed && { 'idempotency-replayed': 'true' }),
      ...upstreamRequestId(made.requestId),
    })
  })
}

async function create(client: DbsClient, body: CreateBody, clientToken: string | undefined): Promise<CreatedTask> {
  const { dataFormat } = body
  if (body.kind === 'full') {
    return client.send(createFullBackupSetDownload, { backupSetId: body.backupSetId, dataFormat, clientToken })
  }
  return client.send(createIncrementBackupSetDownload, { jobId: body.jobId, logFile: body.logFile, dataFormat, clientToken })
}

/** Equal for equal requests, however their fields stand. */
const inOrder = (fields: object): string => JSON.stringify(Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1)))
