import { createHash } from 'node:crypto'
import type { OpenAPIHono } from '@hono/zod-openapi'
import { describeApi } from '../openapi/document.js'
import { createRouter, type ApiEnv } from '../router.js'

/** The contract of all routes; read at the first request, when each has been told of. */
export function openApiRoutes(app: OpenAPIHono<ApiEnv>) {
  let kept: { readonly text: string; readonly etag: string } | undefined
  const read = () => {
    const text = JSON.stringify(describeApi(app))
    return { text, etag: `"${createHash('sha256').update(text).digest('base64url')}"` }
  }
  return createRouter().get('/openapi.json', (c) => {
    const { text, etag } = (kept ??= read())
    const headers = { etag, 'cache-control': 'no-cache' }
    if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers)
    return c.body(text, 200, { ...headers, 'content-type': 'application/json' })
  })
}
