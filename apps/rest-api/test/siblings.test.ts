import { exactJson } from '@backset/formats'
import { expect, test } from 'vitest'
import { startApi } from './api.js'
import { startWithKey } from './keyed-api.js'

test('plans come without what tells how to reach their source', async () => {
  await using api = await startApi()
  const answer = await api.get('/v1/backup-plans')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-status')).toBe('backset; fwd=miss; stored')
  expect(answer.headers.get('x-backset-upstream-request-id')).toMatch(/^[\w-]+$/)
  const { items, proof } = (await answer.json()) as { items: Record<string, unknown>[]; proof: object }
  expect(items.map(({ backupPlanId }) => backupPlanId)).toEqual(api.emulator.world.planIds)
  expect(Object.keys(Object.assign({}, ...items)).filter((name) => /host|port|user|sid|cross/i.test(name))).toEqual([])
  expect(proof).toMatchObject({ verdict: 'sealed' })
  expect((await api.get('/v1/backup-plans')).headers.get('cache-status')).toBe('backset; hit')
})

test('regions are those the server was started with', async () => {
  await using api = await startApi({ region: 'cn-hangzhou' })
  expect(await (await api.get('/v1/regions')).json()).toEqual({ items: [{ regionId: 'cn-hangzhou', endpoint: api.emulator.url }] })
  const other = await api.get('/v1/backup-plans?region=cn-hangzou')
  expect(await other.json()).toMatchObject({ status: 400, hint: 'Did you mean cn-hangzhou?' })
})

test('a summary counts the tasks that pass the filters', async () => {
  await using api = await startApi({}, { tasks: 250 })
  const planId = api.emulator.world.planIds[0] ?? ''
  const all = await api.get(`/v1/summary?backupPlanId=${planId}`)
  const { summary } = (await all.json()) as { summary: { count: number; byStatus: { groups: { name: string; count: number }[] } } }
  expect(summary.count).toBe(250)
  const finished = summary.byStatus.groups.find(({ name }) => name === 'finish')?.count
  const same = await api.get(`/v1/summary?backupPlanId=${planId}&status=finish`)
  expect(await same.json()).toMatchObject({ summary: { count: finished } })
  const some = await api.get(`/v1/summary?backupPlanId=${planId}&status=finish&timeZone=Asia/Shanghai`)
  expect(await some.json()).toMatchObject({ summary: { count: finished }, proof: { verdict: 'sealed', rows: 250 } })
  const etag = some.headers.get('etag') ?? ''
  const again = await api.get(`/v1/summary?status=finish&timeZone=Asia/Shanghai&backupPlanId=${planId}`, {
    headers: { 'if-none-match': etag },
  })
  expect(again.status).toBe(304)
  expect(all.headers.get('etag')).not.toBe(etag)
})

test('a summary of a plan that is not there is a 404', async () => {
  await using api = await startApi()
  const answer = await api.get('/v1/summary?backupPlanId=dbsnosuchplan')
  expect(await answer.json()).toMatchObject({ status: 404, code: 'not-found' })
})

test.each([
  ['status=finsh', 'status'],
  ['since=yesterday-ish', 'since'],
  ['timeZone=Mars/Olympus', undefined],
])('a summary refuses %s', async (query, field) => {
  await using api = await startApi()
  const answer = await api.get(`/v1/summary?backupPlanId=${api.emulator.world.planIds[0]}&${query}`)
  expect(await answer.json()).toMatchObject({ status: 400, code: 'invalid-input', ...(field !== undefined && { faults: [{ field }] }) })
})

test('what DBS refuses is told with its RequestId, in the body and beside it', async () => {
  await using api = await startApi({}, { scenario: { rules: [{ fault: { kind: 'refuse', code: 'NoPermission', status: 403 } }] } })
  for (const path of ['/v1/backup-plans', '/v1/summary?backupPlanId=dbsany']) {
    const answer = await api.get(path)
    const { requestId, ...problem } = (await answer.json()) as { requestId: string }
    expect(problem).toMatchObject({ status: 502, code: 'no-permission', serviceCode: 'NoPermission' })
    expect(requestId).toMatch(/./)
    expect(answer.headers.get('x-backset-upstream-request-id')).toBe(requestId)
  }
})

test.each([
  [{ kind: 'html-502' }, 503],
  [{ kind: 'cut-body', bytes: 200 }, 503],
  [{ kind: 'refuse', code: 'UnknownError', status: 500 }, 503],
  [{ kind: 'refuse', code: 'UnknownError', status: 400 }, 502],
  [{ kind: 'refuse', code: 'InvalidAccessKeyId.NotFound', status: 404 }, 502],
  [{ kind: 'refuse', code: 'InvalidSecurityToken.Expired', status: 400 }, 502],
  [{ kind: 'throttle' }, 503],
  [{ kind: 'unavailable' }, 503],
] as const)('after %j the status is %i: whether to ask again, or to mend something', async (fault, status) => {
  await using api = await startApi({ 'max-attempts': '1' }, { scenario: { rules: [{ fault }] } })
  for (const path of ['/v1/backup-plans', '/v1/summary?backupPlanId=dbsany']) {
    const answer = await api.get(path)
    expect([answer.status, answer.headers.has('retry-after')]).toEqual([status, status === 503])
    // A hint is for whoever has HTTP alone.
    const { hint } = (await answer.json()) as { hint: string }
    expect(hint).toMatch(/Ask again|tell whoever runs|Look at serviceCode/)
    expect(hint).not.toMatch(/backset |--|[A-Z]{3,}_/)
  }
})

test('a plan that DBS does not know is told in one text, whoever finds out', async () => {
  await using api = await startApi({}, { plans: 1 })
  const path = '/v1/summary?backupPlanId=dbsnosuchplan'
  const { requestId: _, ...foundHere } = (await (await api.get(path)).json()) as Record<string, unknown>
  api.emulator.play({ rules: [{ fault: { kind: 'refuse', code: 'Param.NotFound', status: 404 } }] })
  const { requestId, ...saidByDbs } = (await (await api.get(path)).json()) as Record<string, unknown>
  expect(saidByDbs).toEqual(foundHere)
  expect(saidByDbs).toMatchObject({ status: 404, hint: 'GET /v1/backup-plans lists those there are.' })
  expect(requestId).toEqual(expect.any(String))
})

test('how long DBS asks to wait is passed on', async () => {
  await using api = await startApi({ 'max-attempts': '1' })
  api.emulator.play({ rules: [{ fault: { kind: 'throttle', hint: 'acs', waitMs: 119_001 } }] })
  const answer = await api.get('/v1/backup-plans')
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '120'])
})

test('what came in place of an answer is for the log alone', async () => {
  await using api = await startApi({ 'max-attempts': '1' })
  api.emulator.play({ rules: [{ fault: { kind: 'html-502' } }] })
  const text = await (await api.get('/v1/backup-plans')).text()
  expect(JSON.parse(text)).toMatchObject({ status: 503, code: 'unreadable-answer' })
  expect(text).not.toContain('It begins')
  expect(api.logs).toContainEqual(expect.objectContaining({ code: 'unreadable-answer', excerpt: expect.stringContaining('<') }))
})

test('plans that are known answer while DBS cannot be asked', async () => {
  await using api = await startApi({ 'max-age': '1ms', 'max-attempts': '1' })
  await api.get('/v1/backup-plans')
  api.emulator.play({ rules: [{ fault: { kind: 'unavailable' } }] })
  const answer = await api.get('/v1/backup-plans')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-status')).toBe('backset; fwd=stale; detail=stale-if-error')
})

test('a summary of a list that is not proved says so, or is refused', async () => {
  const rule = { action: 'DescribeBackupSetDownloadTaskList', shape: { kind: 'extra-total' as const } }
  await using api = await startApi({}, { scenario: { rules: [rule] } })
  const path = `/v1/summary?backupPlanId=${api.emulator.world.planIds[0]}`
  const refused = await api.get(path)
  expect(await refused.json()).toMatchObject({ status: 503, code: 'listing-incomplete' })
  expect(refused.headers.get('x-backset-upstream-request-id')).toMatch(/./)
  expect(await (await api.get(`${path}&allowIncomplete=true`)).json()).toMatchObject({
    summary: { count: 25 },
    proof: { verdict: 'short' },
  })
})

test('a key bounded to plans sees these plans alone', async () => {
  await using all = await startApi({}, { plans: 3 })
  const [own = '', foreign = ''] = all.emulator.world.planIds
  await using api = await startWithKey({ scopes: ['tasks:read'], plans: [own] }, { plans: 3 })
  const { items } = (await (await api.get('/v1/backup-plans')).json()) as { items: { backupPlanId: string }[] }
  expect(items.map(({ backupPlanId }) => backupPlanId)).toEqual([own])
  expect((await api.get(`/v1/summary?backupPlanId=${own}`)).status).toBe(200)
  expect((await api.get(`/v1/summary?backupPlanId=${foreign}`)).status).toBe(404)
})

test('bytes beyond 2^53 are told to the last digit', () => {
  expect(exactJson({ summary: { bytes: '9007199254740993', byDay: { groups: [{ name: '1', bytes: '18014398509481985' }] } } })).toBe(
    '{"summary":{"bytes":9007199254740993,"byDay":{"groups":[{"name":"1","bytes":18014398509481985}]}}}',
  )
})
