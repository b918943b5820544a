import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DownloadTask, Proof } from '@backset/core'
import { describe, expect, test } from 'vitest'
import { startApi, type Api } from './api.js'

interface TaskPage {
  readonly items: readonly DownloadTask[]
  readonly page: { readonly limit: number; readonly nextCursor: string | null }
  readonly proof: Proof
}

const planOf = ({ emulator }: Api, at = 0): string => emulator.world.planIds[at] ?? ''
const idsOf = ({ emulator }: Api, planId: string): readonly string[] => [...emulator.world.tasksOf(planId).ids()]
const page = async (api: Api, path: string): Promise<TaskPage> => (await (await api.get(path)).json()) as TaskPage
const idOf = ({ backupSetDownloadTaskId }: DownloadTask): string => backupSetDownloadTaskId
const lookups = ({ emulator }: Api): number =>
  emulator.requests.filter(({ action }) => action === 'DescribeBackupSetDownloadTaskList').length

/** The address of a relation in a `Link` header (RFC 8288). */
const linkOf = (answer: Response, rel: string): string | undefined =>
  new RegExp(`<([^>]*)>; rel="${rel}"`).exec(answer.headers.get('link') ?? '')?.[1]

describe('a list in pages', () => {
  test('pages hold every task once, in the order of DBS', async () => {
    await using api = await startApi({ 'max-age': '1h' }, { tasks: 257 })
    const list = `/v1/download-tasks?backupPlanId=${planOf(api)}`
    const ids: string[] = []
    let pages = 0
    for (let next: string | undefined = list; next !== undefined; pages++) {
      const answer = await api.get(next)
      const { items, page: cut, proof } = (await answer.json()) as TaskPage
      ids.push(...items.map(idOf))
      expect(proof).toMatchObject({ verdict: 'sealed', rows: 257, matched: 257 })
      expect(linkOf(answer, 'first')).toBe(list)
      next = linkOf(answer, 'next')
      expect(next === undefined).toBe(cut.nextCursor === null)
    }
    expect(pages).toBe(3)
    expect(ids).toEqual(idsOf(api, planOf(api)))
    expect(lookups(api)).toBe(3 + 2)
  })

  test('a cursor goes on in the same rows after the list has moved', async () => {
    await using api = await startApi({ 'max-age': '1ms' }, { tasks: 20 })
    const list = `/v1/download-tasks?backupPlanId=${planOf(api)}&limit=15`
    const before = idsOf(api, planOf(api))
    const first = await page(api, list)
    api.emulator.world.tasksOf(planOf(api)).insert(0, api.emulator.world.newTask(planOf(api)))
    const second = await page(api, `${list}&cursor=${first.page.nextCursor}`)
    expect([...first.items, ...second.items].map(idOf)).toEqual(before)
  })

  test('tasks are sorted and filtered as asked, with the words of the command', async () => {
    await using api = await startApi({}, { tasks: 80 })
    const list = `/v1/download-tasks?backupPlanId=${planOf(api)}`
    const sorted = await page(api, `${list}&sort=createTime&order=desc&limit=1000`)
    const times = sorted.items.map(({ backupSetDownloadCreateTime: created = '' }) => created)
    expect(times).toEqual(times.toSorted().toReversed())
    const filtered = await page(api, `${list}&status=finish,stop&status=failed&dbType=mysql`)
    expect(filtered.items.length).toBeGreaterThan(0)
    expect(filtered.proof).toMatchObject({ rows: 80, matched: filtered.items.length })
    for (const task of filtered.items) {
      expect(task.backupSetDbType?.toLowerCase()).toBe('mysql')
      expect(task.backupSetDownloadStatus === 'finish' || task.state === 'failed').toBe(true)
    }
    expect(lookups(api)).toBe(1)
  })

  test('columns choose the fields of each task', async () => {
    await using api = await startApi()
    const { items } = await page(api, `/v1/download-tasks?backupPlanId=${planOf(api)}&columns=status,id`)
    expect(new Set(items.flatMap((task) => Object.keys(task)))).toEqual(new Set(['backupSetDownloadStatus', 'backupSetDownloadTaskId']))
  })

  test('a size beyond 2^53 keeps its digits', async () => {
    await using api = await startApi({}, { tasks: 45 })
    const answer = await api.get(`/v1/download-tasks?backupPlanId=${planOf(api)}&minSize=9007199254740993&columns=size`)
    expect(await answer.text()).toMatch(/"backupSetDataSize":\d{16,}[,}]/)
  })

  test('a task is found by its id, and one that is not there is 404', async () => {
    await using api = await startApi()
    const [id = ''] = idsOf(api, planOf(api))
    expect((await page(api, `/v1/download-tasks?backupSetDownloadTaskId=${id}`)).items.map(idOf)).toEqual([id])
    expect((await api.get('/v1/download-tasks?backupSetDownloadTaskId=nosuch')).status).toBe(404)
    expect((await api.get(`/v1/download-tasks?backupSetDownloadTaskId=${id}&backupPlanId=${planOf(api, 1)}`)).status).toBe(404)
  })

  test('a plan without tasks is empty, one that is not there is 404', async () => {
    await using api = await startApi({}, { tasks: 0 })
    const empty = await api.get(`/v1/download-tasks?backupPlanId=${planOf(api)}`)
    expect(await empty.json()).toMatchObject({ items: [], page: { nextCursor: null } })
    for (const format of ['json', 'csv', 'ndjson']) {
      const missing = await api.get(`/v1/download-tasks?backupPlanId=dbsnosuchplan&format=${format}`)
      expect(missing.status).toBe(404)
      const { requestId, ...problem } = (await missing.json()) as { requestId: string }
      expect(problem).toMatchObject({ code: 'not-found' })
      expect(missing.headers.get('x-backset-upstream-request-id')).toBe(requestId)
      expect(requestId).toMatch(/^[0-9A-F-]{36}$/)
    }
  })

  test("what is not there is told with the request id of DBS's answer", async () => {
    await using api = await startApi()
    for (const path of [
      '?backupSetDownloadTaskId=nosuch',
      '/nosuch',
      '/nosuch/events',
      `?backupPlanId=${planOf(api)}&backupSetDownloadTaskId=nosuch`,
    ]) {
      const answer = await api.get(`/v1/download-tasks${path}`)
      expect(await answer.json()).toMatchObject({ status: 404, requestId: answer.headers.get('x-backset-upstream-request-id') })
    }
  })

  test('a bare page names the request of DBS in every format', async () => {
    await using api = await startApi()
    for (const format of ['json', 'csv', 'ndjson']) {
      const answer = await api.get(`/v1/download-tasks?backupPlanId=${planOf(api)}&pageNum=0&format=${format}`)
      expect(answer.headers.get('x-backset-upstream-request-id')).toMatch(/^[0-9A-F-]{36}$/)
    }
  })

  test('all faults of a question are told at once, each with its field', async () => {
    await using api = await startApi()
    const answer = await api.get('/v1/download-tasks?backupPlanId=dbs1&limit=0&status=nope&sort=nope&format=xml&columns=zz&since=q')
    const { faults, detail } = (await answer.json()) as { faults: { field: string }[]; detail: string }
    expect(faults.map(({ field }) => field).toSorted()).toEqual(['columns', 'format', 'limit', 'since', 'sort', 'status'])
    expect(detail).not.toContain('since: since')
  })

  test.each([
    ['', 'backupPlanId'],
    ['backupPlanId=dbs1&limit=1001', 'limit'],
    ['backupPlanId=dbs1&limit=0', 'limit'],
    ['backupPlanId=dbs1&limit=1e2', 'limit'],
    ['backupPlanId=dbs1&limit=5&limit=6', 'limit'],
    ['backupPlanId=dbs1&since=yesterday', 'since'],
    ['backupPlanId=dbs1&status=finsh', 'status'],
    ['backupPlanId=dbs1&order=desc', 'order'],
    ['backupPlanId=dbs1&order=desc&sort=-name', 'order'],
    ['backupPlanId=dbs1&timeZone=Asia/Shanghi', 'timeZone'],
    ['backupPlanId=dbs1&pageSize=50', 'pageSize'],
    ['backupPlanId=dbs1&pageNum=0&limit=5', 'limit'],
    ['backupPlanId=dbs1&pageNum=0&status=finish', 'status'],
    ['backupPlanId=dbs1&allowIncomplete=yes', 'allowIncomplete'],
  ])('%j is refused before DBS is asked', async (query, field) => {
    await using api = await startApi()
    const answer = await api.get(`/v1/download-tasks?${query}`)
    expect(answer.status).toBe(400)
    expect(((await answer.json()) as { faults: { field: string }[] }).faults.map((fault) => fault.field)).toContain(field)
    expect(api.emulator.requestCount).toBe(0)
  })

  test.each([
    ['sort=colour', 'sort'],
    ['columns=id,colour', 'columns'],
    ['formulas=keep', 'formulas'],
    ['since=2026-02-01&until=2026-01-01', 'since'],
    ['region=cn-nosuch', 'region'],
  ])('%j cannot be meant and is 400', async (query, field) => {
    await using api = await startApi()
    const answer = await api.get(`/v1/download-tasks?backupPlanId=dbs1&${query}`)
    expect(await answer.json()).toMatchObject({ status: 400, code: 'invalid-input', faults: [{ field }] })
    expect(api.emulator.requestCount).toBe(0)
  })

  test('a list that DBS calls longer than it is, is 503 unless that is taken', async () => {
    await using api = await startApi({ 'max-age': '1h' }, { scenario: { rules: [{ shape: { kind: 'extra-total', rows: 5 } }] } })
    const list = `/v1/download-tasks?backupPlanId=${planOf(api)}`
    for (const more of ['', '&format=csv', '&format=ndjson&sort=name', '&limit=5']) {
      const refused = await api.get(list + more)
      expect(refused.headers.has('retry-after')).toBe(true)
      expect(await refused.json()).toMatchObject({ status: 503, code: 'listing-incomplete' })
    }
    const taken = await page(api, `${list}&allowIncomplete=true`)
    expect(taken).toMatchObject({ proof: { verdict: 'short', rows: 25, totalElements: 30 } })
  })
})

describe('cursors', () => {
  test.each([
    ['altered', (cursor: string) => `${cursor.slice(0, -1)}${cursor.endsWith('A') ? 'B' : 'A'}`],
    ['of another form', () => 'abc'],
    ['empty', () => ''],
    ['of another content', (cursor: string) => `e30.${cursor.split('.')[1]}`],
  ])('one that is %s is 400', async (_, change) => {
    await using api = await startApi()
    const list = `/v1/download-tasks?backupPlanId=${planOf(api)}&limit=5`
    const { page: cut } = await page(api, list)
    const answer = await api.get(`${list}&cursor=${change(cut.nextCursor ?? '')}`)
    expect(await answer.json()).toMatchObject({ status: 400, code: 'invalid-cursor' })
  })

  test('one for another question is 400', async () => {
    await using api = await startApi()
    const list = `/v1/download-tasks?backupPlanId=${planOf(api)}&limit=5`
    const { page: cut } = await page(api, list)
    for (const other of [`${list}&status=finish`, `${list}&sort=name`, list.replace(planOf(api), planOf(api, 1))]) {
      expect(await (await api.get(`${other}&cursor=${cut.nextCursor}`)).json()).toMatchObject({ code: 'invalid-cursor' })
    }
    expect((await api.get(`${list.replace('limit=5', 'limit=7')}&columns=id&format=csv&cursor=${cut.nextCursor}`)).status).toBe(200)
  })

  test('one goes on at another server of the same key, while the list is the same', async () => {
    const key = { 'state-dir': await mkdtemp(join(tmpdir(), 'backset-api-')) }
    await using one = await startApi(key)
    await using other = await startApi(key)
    const list = `/v1/download-tasks?backupPlanId=${planOf(one)}&limit=20`
    const { page: cut } = await page(one, list)
    expect((await page(other, `${list}&cursor=${cut.nextCursor}`)).items.map(idOf)).toEqual(idsOf(one, planOf(one)).slice(20))
    await using third = await startApi(key)
    third.emulator.world.tasksOf(planOf(third)).remove(0)
    const gone = await third.get(`${list}&cursor=${cut.nextCursor}`)
    expect(await gone.json()).toMatchObject({ status: 410, code: 'snapshot-gone' })
  })
})
