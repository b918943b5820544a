import { NotFoundError } from '@backset/core'
import type { ApiParts } from '../app.js'
import { CodePage, CodesPage, isCode } from '../dashboard/code-pages.js'
import { pageHeaders } from '../dashboard/page-headers.js'
import { documentOf } from '../dashboard/page.js'
import { createRouter } from '../router.js'

/** What pages load, and the pages that a problem's `type` points at. Nothing in them is anybody's, so they need no key. */
export const assetRoutes = ({ assets }: Pick<ApiParts, 'assets'>) =>
  createRouter()
    .get('/assets/:name{.+}', (c) => {
      const name = c.req.param('name')
      const asset = assets.find(name)
      if (asset === undefined) throw new NotFoundError('There is no such file.')
      const etag = `"${asset.hash}"`
      const headers = {
        etag,
        'content-type': asset.type,
        // The address names the content: what it gave once it gives for ever. Without it, ask again.
        'cache-control': c.req.query('v') === asset.hash ? 'public, max-age=31536000, immutable' : 'no-cache',
      }
      const known = c.req.header('if-none-match')?.split(',') ?? []
      if (known.some((one) => one.trim().replace(/^W\//, '') === etag)) return c.body(null, 304, headers)
      return c.body(asset.body, 200, headers)
    })
    .get('/problems', async (c) => c.body(await documentOf(<CodesPage assets={assets} />), 200, codeHeaders))
    .get('/problems/:code', async (c) => {
      const code = c.req.param('code')
      if (!isCode(code)) throw new NotFoundError('There is no such problem.', { hint: '/problems lists all of them.' })
      return c.body(await documentOf(<CodePage assets={assets} code={code} />), 200, codeHeaders)
    })

const codeHeaders = { ...pageHeaders, 'cache-control': 'public, max-age=3600' }
