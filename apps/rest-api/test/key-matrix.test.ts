import { describeFullBackupList, DbsClient } from '@backset/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { keyText, makeKey } from '../src/auth/api-key.js'
import { scopes, type Scope } from '../src/auth/caller.js'
import { readDocument, startApi, type Api } from './api.js'
import { makeKeys, type MadeKeys } from './keys.js'

/** What the emulated DBS has. */
interface World {
  readonly planId: string
  readonly otherPlanId: string
  /** A task of the plan that has a link. */
  readonly taskId: string
  readonly backupSetId: string
}

interface Row {
  readonly path: (world: World) => string
  readonly body?: (world: World) => unknown
  /** Undefined: needs no key. */
  readonly scope: Scope | undefined
  /** What a key that may do all this is answered. */
  readonly right: number
  /** What one is answered that is bounded to another plan. */
  readonly foreign: number
}

const open = (path: string): Row => ({ path: () => path, scope: undefined, right: 200, foreign: 200 })

/** A row for every operation of the OpenAPI document, and for what is no part of it. */
const rows: Readonly<Record<string, Row>> = {
  'get /v1/download-tasks': {
    path: ({ planId }) => `/v1/download-tasks?backupPlanId=${planId}&limit=2`,
    scope: 'tasks:read',
    right: 200,
    foreign: 404,
  },
  'post /v1/download-tasks': {
    path: () => '/v1/download-tasks',
    body: ({ planId: backupPlanId, backupSetId }) => ({ kind: 'full', backupPlanId, backupSetId, dataFormat: 'SQL' }),
    scope: 'tasks:create',
    right: 202,
    foreign: 404,
  },
  'get /v1/download-tasks/{taskId}': {
    path: ({ taskId }) => `/v1/download-tasks/${taskId}`,
    scope: 'tasks:read',
    right: 200,
    foreign: 404,
  },
  'get /v1/download-tasks/{taskId}/link': {
    path: ({ taskId }) => `/v1/download-tasks/${taskId}/link`,
    scope: 'links:read',
    right: 200,
    foreign: 404,
  },
  'get /v1/download-tasks/events': {
    path: ({ planId }) => `/v1/download-tasks/events?backupPlanId=${planId}`,
    scope: 'tasks:read',
    right: 200,
    foreign: 404,
  },
  'get /v1/download-tasks/{taskId}/events': {
    path: ({ taskId }) => `/v1/download-tasks/${taskId}/events`,
    scope: 'tasks:read',
    right: 200,
    foreign: 404,
  },
  'get /v1/summary': { path: ({ planId }) => `/v1/summary?backupPlanId=${planId}`, scope: 'tasks:read', right: 200, foreign: 404 },
  'get /v1/backup-plans': { path: () => '/v1/backup-plans', scope: 'tasks:read', right: 200, foreign: 200 },
  'get /v1/regions': { path: () => '/v1/regions', scope: 'tasks:read', right: 200, foreign: 200 },
  'get /metrics': { path: () => '/metrics', scope: 'metrics:read', right: 200, foreign: 200 },
  'get /livez': open('/livez'),
  'get /readyz': open('/readyz'),
}

/** Pages and files, which are no part of the contract. */
const pages: Readonly<Record<string, Row>> = {
  'get /': { path: ({ planId }) => `/?backupPlanId=${planId}`, scope: 'tasks:read', right: 200, foreign: 404 },
  'get /tasks/{taskId}': { path: ({ taskId }) => `/tasks/${taskId}`, scope: 'tasks:read', right: 200, foreign: 404 },
  'get /openapi.json': open('/openapi.json'),
  'get /docs': open('/docs'),
  'get /login': open('/login'),
  'get /problems': open('/problems'),
  'get /problems/forbidden': open('/problems/forbidden'),
  'get /assets/style.css': open('/assets/style.css'),
  'get /v1/nosuch': { path: () => '/v1/nosuch', scope: 'tasks:read', right: 404, foreign: 404 },
  'get /nosuch': { path: () => '/nosuch', scope: 'tasks:read', right: 404, foreign: 404 },
}

const everything = { ...rows, ...pages }
/** Routes whose answer does not depend on a scope: what is not there is not there for all who come in. */
const scopeless = new Set(['get /v1/nosuch', 'get /nosuch'])

let keys: MadeKeys
let api: Api
let world: World

beforeAll(async () => {
  keys = await makeKeys()
  api = await startApi({ keys: keys.file, 'rate-limit': 'off' }, { plans: 2 })
  world = await lookAround(api)
})
afterAll(() => api[Symbol.asyncDispose]())

async function lookAround({ emulator }: Api): Promise<World> {
  const [planId = '', otherPlanId = ''] = emulator.world.planIds
  await using client = new DbsClient({
    endpoint: emulator.url,
    credentials: { accessKeyId: emulator.accessKeyId, accessKeySecret: emulator.accessKeySecret },
    env: {},
  })
  const backups = await client.send(describeFullBackupList, { backupPlanId: planId, pageSize: 100 })
  for await (const task of client.listDownloadTasks({ backupPlanId: planId })) {
    if (task.backupSetDownloadInternetUrl === undefined) continue
    return { planId, otherPlanId, taskId: task.backupSetDownloadTaskId, backupSetId: backups.items[1]?.backupSetId ?? '' }
  }
  throw new Error('No task has a link.')
}

async function ask(name: string, key: string | undefined) {
  const row = everything[name]
  if (row === undefined) throw new Error(name)
  const [method = ''] = name.split(' ')
  const body = row.body?.(world)
  const answer = await api.request(method.toUpperCase(), row.path(world), {
    redirect: 'manual',
    headers: {
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const isStream = answer.headers.get('content-type') === 'text/event-stream'
  const text = isStream ? '' : await answer.text()
  if (isStream) await answer.body?.cancel()
  return { answer, text }
}

test('every operation of the document has a row', async () => {
  const { paths } = await readDocument()
  const operations = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`))
  expect(Object.keys(rows).toSorted()).toEqual(operations.toSorted())
})

const names = Object.keys(everything)

test.each(names)('%s refuses all keys that open nothing, and says the same to each', async (name) => {
  const { scope, right } = everything[name] as Row
  const bad = [keyText(makeKey()), 'nonsense', '', await keys.addExpired(scopes), await keys.addRevoked(scopes)]
  const answers = await Promise.all([undefined, ...bad].map((key) => ask(name, key)))
  for (const [at, { answer, text }] of answers.entries()) {
    if (scope === undefined) expect(answer.status).toBe(right)
    else {
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toBe(`Bearer realm="backset"${at === 0 ? '' : ', error="invalid_token"'}`)
      expect(JSON.parse(text)).toMatchObject({ code: 'unauthenticated' })
      if (at > 0) expect(text).toBe(answers[1]?.text)
    }
    for (const key of bad) if (key.startsWith('bsk_')) expect(text).not.toContain(key)
  }
})

test.each(names)('%s asks for its scope', async (name) => {
  const { scope, right } = everything[name] as Row
  const others = scopes.filter((one) => one !== scope)
  const { answer, text } = await ask(name, await keys.add(scope === undefined ? ['metrics:read'] : others))
  if (scope === undefined || scopeless.has(name)) expect(answer.status).toBe(right)
  else {
    expect(answer.status).toBe(403)
    expect(text).toContain(scope)
  }
})

test.each(names)('%s shows nothing of a foreign plan', async (name) => {
  const { foreign } = everything[name] as Row
  const { answer, text } = await ask(name, await keys.add(scopes, [world.otherPlanId]))
  expect(answer.status).toBe(foreign)
  // What a refusal repeats of the question is no news; an answer must not have it.
  if (foreign === 200) expect(text).not.toContain(world.planId)
  if (foreign === 200 || name.startsWith('post')) expect(text).not.toContain(world.backupSetId)
})

test.each(names)('%s answers the key that may', async (name) => {
  const { right } = everything[name] as Row
  expect((await ask(name, await keys.add(scopes))).answer.status).toBe(right)
  expect((await ask(name, await keys.add(scopes, [world.planId]))).answer.status).toBe(right)
})

test('an open stream ends with its key', async () => {
  const key = await keys.add(['tasks:read'])
  const path = rows['get /v1/download-tasks/events']?.path(world) ?? ''
  const answer = await api.get(path, { headers: { authorization: `Bearer ${key}` } })
  expect(answer.status).toBe(200)
  await keys.revoke(key)
  const text = await answer.text() // which is there once the stream has ended
  expect(text).toContain('retry:')
  expect((await api.get(path, { headers: { authorization: `Bearer ${key}` } })).status).toBe(401)
})

test('no key stands in a log, nor in the metrics', async () => {
  const metrics = await (await api.get('/metrics', { headers: { authorization: `Bearer ${await keys.add(scopes)}` } })).text()
  const text = JSON.stringify(api.logs) + metrics
  expect(text).toContain('/v1/download-tasks/{taskId}')
  expect(text).not.toMatch(/bsk_[0-9a-f]+_/)
  expect(text).not.toMatch(/bearer/i)
})
