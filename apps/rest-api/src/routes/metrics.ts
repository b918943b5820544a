import { createRoute } from '@hono/zod-openapi'
import type { Registry } from 'prom-client'
import * as z from 'zod'
import { createRouter, problems } from '../router.js'
import { needs } from './needs.js'

const metrics = createRoute({
  method: 'get',
  path: '/metrics',
  operationId: 'getMetrics',
  ...needs('metrics:read'),
  tags: ['operation'],
  summary: 'Metrics in the text format of Prometheus',
  description: 'Needs the scope `metrics:read`. Labels are route templates, actions and codes: nothing of a task, a plan or a key.',
  responses: { 200: { description: 'The metrics', content: { 'text/plain': { schema: z.string() } } }, ...problems() },
})

export const metricsRoutes = ({ registry }: { readonly registry: Registry }) =>
  createRouter().openapi(metrics, async (c) => {
    return c.body(await registry.metrics(), 200, { 'content-type': registry.contentType, 'cache-control': 'no-store' }) as never
  })
