import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ApiEnv } from '../router.js'

type OpenApiDocument = ReturnType<OpenAPIHono<ApiEnv>['getOpenAPI31Document']>

/** The version of the contract: the minor rises with what is added; what is there stays. */
const contractVersion = '1.0.0'

/** The OpenAPI document of an application, from the contracts of its routes. */
export function describeApi(app: OpenAPIHono<ApiEnv>): OpenApiDocument {
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'backset',
      version: contractVersion,
      description: 'Backup-set download tasks of Alibaba Cloud Database Backup (DBS), for those who have no cloud keys.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
  })
}
