import { compileFilter, DownloadTask, TaskFilter, type TaskEvent } from '@backset/core'
import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import * as z from 'zod'
import type { ApiParts } from '../app.js'
import { maySee } from '../auth/caller.js'
import type { EventFeeds } from '../events/feeds.js'
import { noSuchPlan, noSuchTask } from '../no-such.js'
import { createRouter, problems, type ApiEnv } from '../router.js'
import { seenBy } from '../snapshots/selection.js'
import type { Source } from '../snapshots/source.js'
import { TaskReader } from '../task-reader.js'
import { needs } from './needs.js'
import { regionQuery, taskIdParam } from './task-schema.js'

const lastEventId = z.string().max(64).optional()
const resuming = {
  query: lastEventId.meta({ description: 'As the header Last-Event-ID, for programs that cannot send it; the header wins' }),
  headers: z.object({ 'last-event-id': lastEventId.meta({ description: 'Goes on after this event' }) }),
}

const responses = {
  200: {
    description:
      '`event:` created, changed, finished, failed or gone, `data:` the task as one line of JSON, links masked. `event: reset` says that events since the last id are not kept any more: read the list again. Lines that begin with a colon are for people.',
    content: { 'text/event-stream': { schema: z.string() } },
  },
  ...problems(404, 422, 502, 503),
}

const followPlan = createRoute({
  method: 'get',
  path: '/v1/download-tasks/events',
  operationId: 'followDownloadTasks',
  summary: "What happens to a plan's tasks, as it happens",
  description: 'Server-sent events. The last 1,000 are kept for those who come back. Filters let through what they match before or after.',
  ...needs('tasks:read'),
  request: {
    query: z.strictObject({
      backupPlanId: DownloadTask.shape.backupPlanId
        .unwrap()
        .min(1)
        .max(256)
        .meta({ description: 'Backup plan', example: 'dbstooi01eXXXX' }),
      region: regionQuery,
      lastEventId: resuming.query,
      ...TaskFilter.shape,
    }),
    headers: resuming.headers,
  },
  responses,
})

const followTask = createRoute({
  method: 'get',
  path: '/v1/download-tasks/{taskId}/events',
  operationId: 'followDownloadTask',
  summary: 'What happens to a task, as it happens',
  ...needs('tasks:read'),
  request: {
    params: z.strictObject({ taskId: taskIdParam }),
    query: z.strictObject({ region: regionQuery, lastEventId: resuming.query }),
    headers: resuming.headers,
  },
  responses,
})

export const eventRoutes = ({
  upstream,
  store,
  feeds,
  settings,
  clock,
}: Pick<ApiParts, 'upstream' | 'store' | 'feeds' | 'settings' | 'clock'>) => {
  const reader = new TaskReader(store)
  return createRouter()
    .openapi(followPlan, async (c) => {
      const { backupPlanId, region, lastEventId: _, ...filter } = c.req.valid('query')
      const source = { region: upstream.regionNamed(region), backupPlanId }
      if (!maySee(c.var.caller, backupPlanId)) throw noSuchPlan(backupPlanId)
      const passes = compileFilter(filter, { now: new Date(clock.now()), timeZone: settings.timezone })
      // A task that leaves the selection is news for whoever shows it.
      const wants = ({ task, before }: TaskEvent): boolean => passes(task) || (before !== undefined && passes(before))
      return follow(c, feeds, source, wants)
    })
    .openapi(followTask, async (c) => {
      const { taskId } = c.req.valid('param')
      const { region: asked } = c.req.valid('query')
      const region = upstream.regionNamed(asked)
      const alone = { region, backupSetDownloadTaskId: taskId }
      using found = await reader.task(alone, c.req.raw.signal)
      const { backupPlanId } = found.task
      if (!maySee(c.var.caller, backupPlanId)) throw noSuchTask(taskId, found.snapshot.proof?.lastRequestId)
      const wants = ({ task }: TaskEvent): boolean => task.backupSetDownloadTaskId === taskId
      return follow(c, feeds, backupPlanId === undefined ? alone : { region, backupPlanId }, wants)
    })
}

const headers = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-store',
  // nginx would gather what it passes on (ngx_http_proxy_module, proxy_buffering).
  'x-accel-buffering': 'no',
}

async function follow(c: Context<ApiEnv>, feeds: EventFeeds, source: Source, wants: (event: TaskEvent) => boolean): Promise<Response> {
  if (c.req.method === 'HEAD') return c.body(null, 200, headers)
  const { outgoing } = c.env
  const { caller } = c.var
  const isSeen = seenBy(caller, source)
  const stream = await feeds.follow(source, {
    caller,
    wants: (event) => isSeen(event.task) && wants(event),
    // What a browser comes back with is newer than what stood in its address at first.
    lastEventId: c.req.header('last-event-id') ?? c.req.query('lastEventId'),
    socketBytes: () => outgoing.writableLength,
    cut: () => void outgoing.destroy(),
    signal: c.req.raw.signal,
  })
  return c.body(stream, 200, headers)
}
