import { createRequire } from 'node:module'
import type openApiModule from '@alicloud/openapi-client'
import PopCore from '@alicloud/pop-core'
import { RuntimeOptions } from '@alicloud/tea-util'
import { expect, test } from 'vitest'
import { startEmulator, type Emulator } from '../src/index.js'

// The vendor's clients, unmodified: what they sign must be accepted, what they read must be the rows.

// CommonJS with a default export of its own, which an import would nest in one way under Node and in another under Vitest.
const {
  default: OpenApi,
  Config,
  OpenApiRequest,
  Params,
} = createRequire(import.meta.url)('@alicloud/openapi-client') as typeof openApiModule

const version = '2019-03-06'
const action = 'DescribeBackupSetDownloadTaskList'

interface Body {
  readonly TotalElements: number
  readonly Items: '' | { readonly BackupSetDownloadTaskDetail: readonly { readonly BackupSetDownloadTaskId: string }[] }
}

async function listAll(fetchPage: (parameters: Record<string, string | number>) => Promise<Body>, planId: string): Promise<string[]> {
  const ids: string[] = []
  for (let page = 0; ; page++) {
    const { Items, TotalElements } = await fetchPage({ BackupPlanId: planId, PageNum: page, PageSize: 100 })
    if (Items !== '') ids.push(...Items.BackupSetDownloadTaskDetail.map((row) => row.BackupSetDownloadTaskId))
    if (Items === '' || ids.length >= TotalElements) return ids
  }
}

function popCore({ url, accessKeyId, accessKeySecret }: Pick<Emulator, 'url' | 'accessKeyId' | 'accessKeySecret'>, securityToken?: string) {
  return new PopCore({
    accessKeyId,
    accessKeySecret,
    endpoint: url,
    apiVersion: version,
    ...(securityToken === undefined ? {} : { securityToken }),
  })
}

test.each(['GET', 'POST'])('pop-core lists every task by %s', async (method) => {
  await using emulator = await startEmulator()
  const [planId = ''] = emulator.world.planIds
  const client = popCore(emulator)
  const ids = await listAll((parameters) => client.request<Body>(action, parameters, { method, formatParams: false }), planId)
  expect(ids).toEqual(emulator.world.tasksOf(planId).ids())
  expect(emulator.requests).toHaveLength(3)
  expect(emulator.requests[0]).toMatchObject({ action, method, signature: 'v1', httpStatus: 200 })
})

test('pop-core lists with a temporary key and its token', async () => {
  await using emulator = await startEmulator({ tasks: 5 })
  const [planId = ''] = emulator.world.planIds
  const client = popCore({ url: emulator.url, ...emulator.sts }, emulator.sts.securityToken)
  const ids = await listAll((parameters) => client.request<Body>(action, parameters), planId)
  expect(ids).toEqual(emulator.world.tasksOf(planId).ids())
})

function v3Client(emulator: Emulator, sts: boolean) {
  const { accessKeyId, accessKeySecret } = sts ? emulator.sts : emulator
  const token = sts ? { securityToken: emulator.sts.securityToken } : {}
  return new OpenApi(new Config({ accessKeyId, accessKeySecret, ...token, endpoint: new URL(emulator.url).host, protocol: 'HTTP' }))
}

const call = (client: InstanceType<typeof OpenApi>, query: Record<string, string>) =>
  client.callApi(
    new Params({
      action,
      version,
      protocol: 'HTTP',
      pathname: '/',
      method: 'POST',
      authType: 'AK',
      style: 'RPC',
      reqBodyType: 'formData',
      bodyType: 'json',
    }),
    new OpenApiRequest({ query }),
    new RuntimeOptions({}),
  )

test.each([false, true])('openapi-client lists every task under v3, temporary key: %s', async (sts) => {
  await using emulator = await startEmulator()
  const [planId = ''] = emulator.world.planIds
  const client = v3Client(emulator, sts)
  const ids = await listAll(async (parameters) => {
    const query = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]))
    return ((await call(client, query)) as { body: Body }).body
  }, planId)
  expect(ids).toEqual(emulator.world.tasksOf(planId).ids())
  expect(emulator.requests[0]).toMatchObject({ action, signature: 'v3', method: 'POST' })
})
