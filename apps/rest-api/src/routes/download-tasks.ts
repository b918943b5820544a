import { taskFingerprint } from '@backset/core'
import { exactJson } from '@backset/formats'
import { createRoute } from '@hono/zod-openapi'
import * as z from 'zod'
import type { ApiParts } from '../app.js'
import { maySee } from '../auth/caller.js'
import { noSuchTask } from '../no-such.js'
import { snapshotHeaders } from '../openapi/headers.js'
import { createRouter, problems } from '../router.js'
import { TaskReader } from '../task-reader.js'
import { cacheHeaders, isNamed, revalidate, weakTag } from './cache-headers.js'
import { needs } from './needs.js'
import { regionQuery, TaskAnswer, taskIdParam } from './task-schema.js'

const getTask = createRoute({
  method: 'get',
  path: '/v1/download-tasks/{taskId}',
  operationId: 'getDownloadTask',
  summary: 'One download task',
  ...needs('tasks:read'),
  request: { params: z.strictObject({ taskId: taskIdParam }), query: z.strictObject({ region: regionQuery }) },
  responses: {
    200: { description: 'The task', headers: snapshotHeaders, content: { 'application/json': { schema: TaskAnswer } } },
    304: { description: 'The same as named by If-None-Match', headers: snapshotHeaders },
    ...problems(404, 502, 503),
  },
})

/** One task by its id. */
export const downloadTaskRoutes = ({ upstream, store }: Pick<ApiParts, 'upstream' | 'store'>) => {
  const reader = new TaskReader(store)
  return createRouter().openapi(getTask, async (c) => {
    const { taskId } = c.req.valid('param')
    const source = { region: upstream.regionNamed(c.req.valid('query').region), backupSetDownloadTaskId: taskId }
    using found = await reader.task(source, c.req.raw.signal)
    if (!maySee(c.var.caller, found.task.backupPlanId)) throw noSuchTask(taskId, found.snapshot.proof?.lastRequestId)
    const etag = weakTag(taskFingerprint(found.task))
    const headers = { etag, ...revalidate, ...cacheHeaders(found) }
    if (isNamed(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers)
    return c.body(exactJson(found.task), 200, { 'content-type': 'application/json', ...headers }) as never
  })
}
