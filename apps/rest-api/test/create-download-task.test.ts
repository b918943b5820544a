import { describeFullBackupList, describeIncrementBackupList, DbsClient } from '@backset/core'
import { expect, test } from 'vitest'
import type { NewKey } from '../src/auth/keys-commands.js'
import type { Api } from './api.js'
import { startWithKey } from './keyed-api.js'

/** A server with a key, and what sends bodies with it. */
async function start(key: Omit<NewKey, 'name'>) {
  const api = await startWithKey(key, { plans: 2 })
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    api.request('POST', '/v1/download-tasks', {
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { authorization: api.authorization, 'content-type': 'application/json', ...headers },
    })
  return { api, post, get: api.get }
}

const mayCreate = { scopes: ['tasks:read', 'tasks:create'] }

/** Backups of a plan that can be downloaded, as DBS lists them. */
async function backupsOf({ emulator }: Api, backupPlanId: string) {
  await using client = new DbsClient({
    endpoint: emulator.url,
    credentials: { accessKeyId: emulator.accessKeyId, accessKeySecret: emulator.accessKeySecret },
    env: {},
  })
  const full = await client.send(describeFullBackupList, { backupPlanId, pageSize: 100 })
  const increment = await client.send(describeIncrementBackupList, { backupPlanId, pageSize: 100 })
  const { backupSetJobId: jobId = '', backupSetId: logFile = '' } = increment.items.at(-1) ?? {}
  return { backupSetId: full.items[1]?.backupSetId ?? '', jobId, logFile }
}

const creates = (api: Api): number => api.emulator.requests.filter(({ action }) => action.startsWith('Create')).length

test('a task is made from a full backup, and shows at once', async () => {
  const { api, post, get } = await start(mayCreate)
  await using _ = api
  const [backupPlanId = ''] = api.emulator.world.planIds
  const { backupSetId } = await backupsOf(api, backupPlanId)
  const list = `/v1/download-tasks?backupPlanId=${backupPlanId}`
  expect(((await (await get(list)).json()) as { items: object[] }).items).toHaveLength(25)
  const answer = await post({ kind: 'full', backupPlanId, backupSetId, dataFormat: 'SQL' })
  expect(answer.status).toBe(202)
  const { backupSetDownloadTaskId: id } = (await answer.json()) as { backupSetDownloadTaskId: string }
  expect(answer.headers.get('location')).toBe(`/v1/download-tasks/${id}`)
  expect(await (await get(`/v1/download-tasks/${id}`)).json()).toMatchObject({ backupSetId, backupSetDataFormat: 'SQL' })
  expect(((await (await get(list)).json()) as { items: object[] }).items).toHaveLength(26)
})

test('a task is made from a log file', async () => {
  const { api, post, get } = await start(mayCreate)
  await using _ = api
  const [backupPlanId = ''] = api.emulator.world.planIds
  const { jobId, logFile } = await backupsOf(api, backupPlanId)
  const answer = await post({ kind: 'increment', backupPlanId, jobId, logFile })
  expect(answer.status).toBe(202)
  expect(await (await get(answer.headers.get('location') ?? '')).json()).toMatchObject({
    backupSetCode: logFile,
    backupSetDataFormat: 'Native',
  })
})

test('requests at once with one key make one task', async () => {
  const { api, post } = await start(mayCreate)
  await using _ = api
  const [backupPlanId = ''] = api.emulator.world.planIds
  const body = { kind: 'full', backupPlanId, backupSetId: (await backupsOf(api, backupPlanId)).backupSetId }
  const all = await Promise.all(Array.from({ length: 10 }, () => post(body, { 'idempotency-key': 'k1' })))
  const later = await post({ backupSetId: body.backupSetId, backupPlanId, kind: 'full' }, { 'idempotency-key': 'k1' })
  const ids = await Promise.all(
    [...all, later].map(async (answer) => ((await answer.json()) as { backupSetDownloadTaskId: string }).backupSetDownloadTaskId),
  )
  expect(new Set(ids).size).toBe(1)
  expect(creates(api)).toBe(1)
  expect([...all, later].filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(10)
  const other = await post({ ...body, dataFormat: 'JSON' }, { 'idempotency-key': 'k1' })
  expect(await other.json()).toMatchObject({ status: 422, code: 'idempotency-conflict' })
  expect(creates(api)).toBe(1)
})

test('a key that DBS alone remembers, with another body, is the same conflict; the right body then is made', async () => {
  const { api, post } = await start(mayCreate)
  await using _ = api
  const [backupPlanId = ''] = api.emulator.world.planIds
  const body = { kind: 'full', backupPlanId, backupSetId: (await backupsOf(api, backupPlanId)).backupSetId }
  const fault = { kind: 'refuse', code: 'IdempotentParameterMismatch' } as const
  api.emulator.play({ rules: [{ action: 'CreateFullBackupSetDownload', fault }] })
  const other = await post({ ...body, dataFormat: 'JSON' }, { 'idempotency-key': 'k2' })
  expect(await other.json()).toMatchObject({ status: 422, code: 'idempotency-conflict' })
  expect(other.headers.get('x-backset-upstream-request-id')).toMatch(/^[0-9A-F-]{36}$/)
  api.emulator.play({})
  expect((await post(body, { 'idempotency-key': 'k2' })).status).toBe(202)
})

test("a backup of another plan is not the named plan's", async () => {
  const { api, post } = await start(mayCreate)
  await using _ = api
  const [own = '', foreign = ''] = api.emulator.world.planIds
  const theirs = await backupsOf(api, foreign)
  for (const body of [
    { kind: 'full', backupPlanId: own, backupSetId: theirs.backupSetId },
    { kind: 'increment', backupPlanId: own, jobId: theirs.jobId, logFile: theirs.logFile },
  ]) {
    expect(await (await post(body)).json()).toMatchObject({ status: 404, code: 'not-found' })
  }
  expect(creates(api)).toBe(0)
})

test('a key bounded to plans makes tasks of these alone', async () => {
  const plain = await start(mayCreate)
  const [own = '', foreign = ''] = plain.api.emulator.world.planIds
  await plain.api[Symbol.asyncDispose]()
  const { api, post } = await start({ ...mayCreate, plans: [own] })
  await using _ = api
  const theirs = await backupsOf(api, foreign)
  const answer = await post({ kind: 'full', backupPlanId: foreign, backupSetId: theirs.backupSetId })
  expect(await answer.json()).toMatchObject({ status: 404, code: 'not-found' })
  expect(creates(api)).toBe(0)
})

test('a key without the scope is refused before its body is read', async () => {
  const { api, post } = await start({ scopes: ['tasks:read'] })
  await using _ = api
  expect(await (await post('{')).json()).toMatchObject({ status: 403, code: 'forbidden' })
})

test.each([
  ['no JSON', '{"kind":', {}, 400, 'malformed-request'],
  ['an encoded body', '{}', { 'content-type': 'application/json', 'content-encoding': 'gzip' }, 415, 'unsupported-media-type'],
  ['another type', 'kind=full', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported-media-type'],
  ['a field too many', { kind: 'full', backupPlanId: 'p', backupSetId: 's', jobId: 'j' }, {}, 400, 'invalid-input'],
  ['an unknown kind', { kind: 'diff', backupPlanId: 'p' }, {}, 400, 'invalid-input'],
  ['a list', [], {}, 400, 'invalid-input'],
  ['a body of 100 KiB', { kind: 'full', backupPlanId: 'p', backupSetId: 's'.repeat(100_000) }, {}, 413, 'body-too-large'],
  ['a key with a blank', { kind: 'full', backupPlanId: 'p', backupSetId: 's' }, { 'idempotency-key': 'a b' }, 400, 'invalid-input'],
])('%s is refused', async (_case, body, headers, status, code) => {
  const { api, post } = await start(mayCreate)
  await using _ = api
  expect(await (await post(body, headers as Record<string, string>)).json()).toMatchObject({ status, code })
  expect(creates(api)).toBe(0)
})
