import { createRoute } from '@hono/zod-openapi'
import * as z from 'zod'
import type { ApiParts } from '../app.js'
import { headerRef } from '../openapi/headers.js'
import { createRouter, problems } from '../router.js'
import { isNamed, revalidate, weakTag } from './cache-headers.js'
import { needs } from './needs.js'

const RegionAnswer = z
  .object({
    regionId: z
      .string()
      .optional()
      .meta({ description: 'What `region` of a request names; absent where an endpoint needs none', example: 'cn-hangzhou' }),
    endpoint: z.string().meta({ description: 'Where DBS is asked', example: 'https://dbs-api.cn-hangzhou.aliyuncs.com' }),
  })
  .meta({ id: 'Region' })

const listRegions = createRoute({
  method: 'get',
  path: '/v1/regions',
  operationId: 'listRegions',
  summary: 'The regions this server serves',
  description: 'The first answers where a request names none.',
  ...needs('tasks:read'),
  request: { query: z.strictObject({}) },
  responses: {
    200: {
      description: 'The regions',
      headers: { ETag: headerRef('ETag') },
      content: { 'application/json': { schema: z.object({ items: z.array(RegionAnswer) }).meta({ id: 'RegionList' }) } },
    },
    304: { description: 'The same as named by If-None-Match', headers: { ETag: headerRef('ETag') } },
    ...problems(),
  },
})

export const regionRoutes = ({ upstream }: Pick<ApiParts, 'upstream'>) =>
  createRouter().openapi(listRegions, (c) => {
    const items = upstream.regions.map((regionId) => ({ regionId, endpoint: upstream.clientFor(regionId).origin }))
    const etag = weakTag(items)
    if (isNamed(c.req.header('if-none-match'), etag)) return c.body(null, 304, { etag, ...revalidate })
    return c.json({ items }, 200, { etag, ...revalidate })
  })
