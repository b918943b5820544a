import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ApiParts } from '../app.js'
import { documentOf } from '../dashboard/page.js'
import { pageHeaders } from '../dashboard/page-headers.js'
import { DocsPage } from '../docs/docs-page.js'
import type { ApiDocument } from '../docs/document.js'
import { describeApi } from '../openapi/document.js'
import { createRouter, type ApiEnv } from '../router.js'

/** The contract as a page where calls can be tried. Nothing of it comes from elsewhere. */
export const docsRoutes = (app: OpenAPIHono<ApiEnv>, { assets }: Pick<ApiParts, 'assets'>) => {
  let document: ApiDocument | undefined
  return createRouter().get('/docs', async (c) => {
    document ??= describeApi(app) as ApiDocument
    return c.body(await documentOf(<DocsPage document={document} assets={assets} caller={c.var.caller} />), 200, pageHeaders)
  })
}
