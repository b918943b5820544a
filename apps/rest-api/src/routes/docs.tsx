import type { OpenAPIHono } from '@hono/zod-openapi'
import { html, raw } from 'hono/html'
import type { ApiParts } from '../app.js'
import { documentOf, Page } from '../dashboard/page.js'
import { pageHeaders } from '../dashboard/page-headers.js'
import { DocsContent } from '../docs/docs-content.js'
import type { ApiDocument } from '../docs/document.js'
import { describeApi } from '../openapi/document.js'
import { createRouter, type ApiEnv } from '../router.js'

/** The contract as a page where calls can be tried. Nothing of it comes from elsewhere. */
export const docsRoutes = (app: OpenAPIHono<ApiEnv>, { assets }: Pick<ApiParts, 'assets'>) => {
  // The same for everybody, who may be anybody: written once.
  let content: string | undefined
  return createRouter().get('/docs', async (c) => {
    content ??= String(await html`${<DocsContent document={describeApi(app) as ApiDocument} />}`)
    const page = (
      <Page title="API" assets={assets} caller={c.var.caller} style="docs.css" script="docs.js">
        {raw(content)}
      </Page>
    )
    return c.body(await documentOf(page), 200, pageHeaders)
  })
}
