import { expect, test } from 'vitest'
import { startApi } from './api.js'

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
