import { expect, test } from 'vitest'
import { startWithKey, type KeyedApi } from './keyed-api.js'

const mayFetch = { scopes: ['tasks:read', 'links:read'] }

/** The first task of the world that is so. */
async function taskThat({ get, emulator }: KeyedApi, query: string): Promise<string> {
  const answer = await get(`/v1/download-tasks?backupPlanId=${emulator.world.planIds[0]}&limit=1&${query}`)
  const { items } = (await answer.json()) as { items: { backupSetDownloadTaskId: string }[] }
  return items[0]?.backupSetDownloadTaskId ?? ''
}

test('links are whole, and never kept', async () => {
  await using api = await startWithKey(mayFetch, { tasks: 250 })
  const answer = await api.get(`/v1/download-tasks/${await taskThat(api, 'status=finish&way=manual')}/link`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('x-backset-upstream-request-id')).toMatch(/./)
  const { internetUrl = '' } = (await answer.json()) as { internetUrl?: string }
  expect(new URL(internetUrl).search).not.toBe('')
  expect(JSON.stringify(api.logs)).not.toContain(new URL(internetUrl).search)
})

test('one network alone can be asked for', async () => {
  await using api = await startWithKey(mayFetch, { tasks: 250 })
  const id = await taskThat(api, 'status=finish&way=manual')
  const answer = await api.get(`/v1/download-tasks/${id}/link?network=intranet`)
  expect(Object.keys((await answer.json()) as object)).toEqual(['backupSetDownloadTaskId', 'intranetUrl'])
  expect((await api.get(`/v1/download-tasks/${id}/link?network=wifi`)).status).toBe(400)
})

test.each([
  ['status=running&way=manual', 'It has not finished'],
  ['way=auto', 'Its file lies on the server with the backup gateway'],
  ['status=stop&way=manual', 'It failed'],
])('a task of %s has no link, and the hint says why', async (query, hint) => {
  await using api = await startWithKey(mayFetch, { tasks: 250 })
  const answer = await api.get(`/v1/download-tasks/${await taskThat(api, query)}/link`)
  expect(await answer.json()).toMatchObject({ status: 404, code: 'not-found', hint: expect.stringContaining(hint) as unknown })
})

test('links need their own scope, and the plan of the task', async () => {
  await using reader = await startWithKey({ scopes: ['tasks:read'] })
  const id = await taskThat(reader, 'status=finish')
  expect((await reader.get(`/v1/download-tasks/${id}/link`)).status).toBe(403)
  await using bounded = await startWithKey({ ...mayFetch, plans: ['dbsanother'] })
  expect((await bounded.get(`/v1/download-tasks/${id}/link`)).status).toBe(404)
  expect((await bounded.get('/v1/download-tasks/nosuch/link')).status).toBe(404)
})
