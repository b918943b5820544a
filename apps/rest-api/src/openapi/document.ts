import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ApiEnv } from '../router.js'
import { type DescribedOperation, tags, withEnvelope } from './envelope.js'
import { headers } from './headers.js'

/** The version of the contract: the minor rises with what is added; what is there stays. */
const contractVersion = '1.0.0'

const description = `Backup-set download tasks of Alibaba Cloud Database Backup (DBS), for those who have no cloud keys.

Answers come from snapshots that are at most as old as the server was told (\`--max-age\`); \`Age\` and \`Cache-Status\` tell how old. A list holds every task exactly once, or says that it could not be proved: 503 \`listing-incomplete\`.

Sizes are plain integers, however large. Links are masked after their path, except where the links themselves are asked for. Errors are problems (RFC 9457) with a \`code\` from a closed list.`

const securitySchemes = {
  key: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'bsk_…',
    description: 'A key as `backset-api keys add` prints it. A server without keys answers its own machine alone, and needs none.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'backset_session',
    description: 'The cookie of a login on the dashboard; it may what its key may.',
  },
} as const

/** The OpenAPI document of an application, from the contracts of its routes. */
export function describeApi(app: OpenAPIHono<ApiEnv>): object {
  const { webhooks: _, ...document } = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'backset',
      version: contractVersion,
      description,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...tags],
  })
  const paths = Object.entries(document.paths ?? {}).map(([path, operations]) => {
    const described = Object.entries(operations as Record<string, DescribedOperation>).map(([method, operation]) => [
      method,
      withEnvelope(path, operation),
    ])
    return [path, Object.fromEntries(described)] as const
  })
  return {
    ...document,
    // Routes stand in the order they are asked; a reader looks for them by name.
    paths: Object.fromEntries(paths.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    components: { ...document.components, headers, securitySchemes },
  }
}
