import { describeBackupSetDownloadTaskList, NotFoundError, type DownloadTask } from '@backset/core'
import { createRoute } from '@hono/zod-openapi'
import * as z from 'zod'
import type { ApiParts } from '../app.js'
import { maySee } from '../auth/caller.js'
import { shortPauses } from '../recent-failures.js'
import { createRouter, problems } from '../router.js'
import { noSuchTask } from '../no-such.js'
import { needs } from './needs.js'
import { regionQuery, taskIdParam } from './task-schema.js'
import { upstreamRequestId } from './upstream-request-id.js'

const networks = ['internet', 'intranet'] as const
type Network = (typeof networks)[number]

const LinkAnswer = z
  .object({
    backupSetDownloadTaskId: z.string(),
    internetUrl: z.string().optional().meta({ description: 'Public link' }),
    intranetUrl: z.string().optional().meta({ description: "Link inside the region's network" }),
  })
  .meta({ id: 'DownloadLinks', description: 'Links as DBS gives them: whoever has one can fetch the file, so treat them as secrets' })

const getLinks = createRoute({
  method: 'get',
  path: '/v1/download-tasks/{taskId}/link',
  operationId: 'getDownloadLinks',
  summary: "Where a task's file can be fetched",
  description: 'DBS is asked anew each time, since links may be signed for a while only.',
  ...needs('links:read'),
  request: {
    params: z.strictObject({ taskId: taskIdParam }),
    query: z.strictObject({
      region: regionQuery,
      network: z.enum(networks).optional().meta({ description: 'The link for this network alone' }),
    }),
  },
  responses: {
    200: { description: 'The links', content: { 'application/json': { schema: LinkAnswer } } },
    ...problems(404, 502, 503),
  },
})

export const linkRoutes = ({ upstream }: Pick<ApiParts, 'upstream'>) =>
  createRouter().openapi(getLinks, async (c) => {
    const { taskId } = c.req.valid('param')
    const { region, network } = c.req.valid('query')
    const client = upstream.clientFor(upstream.regionNamed(region))
    // Not getDownloadTask, which keeps the RequestId to itself.
    const question = { backupSetDownloadTaskId: taskId, pageSize: 30 } as const
    const { items, requestId } = await client.send(describeBackupSetDownloadTaskList, question, {
      signal: c.req.raw.signal,
      leftMs: shortPauses,
    })
    const task = items.find(({ backupSetDownloadTaskId }) => backupSetDownloadTaskId === taskId)
    if (task === undefined || !maySee(c.var.caller, task.backupPlanId)) throw noSuchTask(taskId, requestId)
    return c.json({ backupSetDownloadTaskId: taskId, ...linksOf(task, network, requestId) }, 200, {
      'cache-control': 'no-store',
      ...upstreamRequestId(requestId),
    })
  })

/** @throws NotFoundError that says why there is none */
function linksOf(
  task: DownloadTask,
  network: Network | undefined,
  requestId: string | undefined,
): { readonly internetUrl?: string; readonly intranetUrl?: string } {
  const { backupSetDownloadInternetUrl: internetUrl, backupSetDownloadIntranetUrl: intranetUrl } = task
  const links = {
    ...(internetUrl !== undefined && network !== 'intranet' && { internetUrl }),
    ...(intranetUrl !== undefined && network !== 'internet' && { intranetUrl }),
  }
  if (Object.keys(links).length > 0) return links
  const id = JSON.stringify(task.backupSetDownloadTaskId)
  const isOther = internetUrl !== undefined || intranetUrl !== undefined
  throw new NotFoundError(`The download task ${id} has no ${isOther ? `${network} link` : 'link'}.`, {
    hint: whyNoLink(task, isOther),
    requestId,
  })
}

function whyNoLink({ state, backupSetDownloadTargetType, backupSetDownloadDir }: DownloadTask, isOther: boolean): string {
  if (isOther) return 'It has one for the other network: ask without `network`.'
  if (backupSetDownloadTargetType === 'agent') {
    return `Its file lies on the server with the backup gateway${backupSetDownloadDir === undefined ? '' : `, in ${backupSetDownloadDir}`}: automatic downloads have no link.`
  }
  if (state === 'active' || state === 'suspended') return 'It has not finished; its link comes when it has.'
  if (state === 'failed') return 'It failed, and DBS can neither retry nor mend it: create a new one.'
  return 'DBS shows none; links of old tasks may have ended with their files.'
}
