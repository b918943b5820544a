import { createRoute } from '@hono/zod-openapi'
import { exactJson } from '@backset/formats'
import * as z from 'zod'
import type { ApiParts } from '../app.js'
import { maySee, requireScope } from '../auth/caller.js'
import { createRouter, problems } from '../router.js'
import { noSuchTask } from '../no-such.js'
import { TaskReader } from '../task-reader.js'
import { regionQuery, TaskAnswer, taskIdParam } from './task-schema.js'

const getTask = createRoute({
  method: 'get',
  path: '/v1/download-tasks/{taskId}',
  summary: 'One download task',
  request: { params: z.strictObject({ taskId: taskIdParam }), query: z.strictObject({ region: regionQuery }) },
  responses: {
    200: { description: 'The task', content: { 'application/json': { schema: TaskAnswer } } },
    304: { description: 'The same as named by If-None-Match' },
    ...problems(404, 502, 503),
  },
})

export const downloadTaskRoutes = ({ upstream, store }: Pick<ApiParts, 'upstream' | 'store'>) => {
  const reader = new TaskReader(store)
  return createRouter().openapi(getTask, async (c) => {
    const { taskId } = c.req.valid('param')
    requireScope(c.var.caller, 'tasks:read')
    const source = { region: upstream.regionNamed(c.req.valid('query').region), backupSetDownloadTaskId: taskId }
    using found = await reader.task(source, c.req.raw.signal)
    if (!maySee(c.var.caller, found.task.backupPlanId)) throw noSuchTask(taskId)
    return c.body(exactJson(found.task), 200, { 'content-type': 'application/json' }) as never
  })
}
