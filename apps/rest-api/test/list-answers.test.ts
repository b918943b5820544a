import { describe, expect, test } from 'vitest'
import { startApi, type Api } from './api.js'
import { ask } from './ask.js'

const planOf = ({ emulator }: Api): string => emulator.world.planIds[0] ?? ''
const listOf = (api: Api, query = ''): string => `/v1/download-tasks?backupPlanId=${planOf(api)}${query}`
const idOf = (api: Api): string => [...api.emulator.world.tasksOf(planOf(api)).ids()][0] ?? ''

describe('what tells how an answer came about', () => {
  test('the first reader misses, the next hits, and both say how old it is', async () => {
    await using api = await startApi({ 'max-age': '1h' })
    const [first, second, other] = [await api.get(listOf(api)), await api.get(listOf(api)), await api.get(listOf(api, '&limit=5'))]
    expect(first.headers.get('cache-status')).toBe('backset; fwd=miss; stored')
    expect(second.headers.get('cache-status')).toBe('backset; hit')
    expect(other.headers.get('cache-status')).toBe('backset; hit')
    expect(second.headers.get('age')).toMatch(/^\d$/)
    expect(second.headers.get('cache-control')).toBe('private, no-cache')
    expect(second.headers.get('vary')).toBe('Accept, Authorization, Cookie')
    expect(second.headers.get('x-backset-upstream-request-id')).toBeTruthy()
    expect(await second.text()).toBe(await first.text())
  })

  test('what is known answers while DBS fails', async () => {
    await using api = await startApi({ 'max-age': '1ms', 'max-attempts': '1' })
    await api.get(listOf(api))
    api.emulator.play({ rules: [{ fault: { kind: 'unavailable' } }] })
    for (const query of ['', '&format=csv', '&limit=3']) {
      const stale = await api.get(listOf(api, query))
      expect(stale.status).toBe(200)
      expect(stale.headers.get('cache-status')).toBe('backset; fwd=stale; detail=stale-if-error')
    }
    const unknown = await api.get('/v1/download-tasks?backupSetDownloadTaskId=x')
    expect(await unknown.json()).toMatchObject({ status: 503, code: 'service-unavailable' })
  })

  test('what DBS refuses for good is told, whatever is known', async () => {
    await using api = await startApi({ 'max-age': '1ms' })
    await api.get(listOf(api))
    for (const [code, status] of [
      ['InvalidParameter', 502],
      ['Forbidden.RAM', 502],
    ] as const) {
      api.emulator.play({ rules: [{ fault: { kind: 'refuse', code, status: 400 } }] })
      for (const query of ['', '&format=csv'])
        expect(await (await api.get(listOf(api, query))).json()).toMatchObject({ status, serviceCode: code })
    }
  })

  test('while DBS asks to be left alone nobody waits, and nobody asks', async () => {
    await using api = await startApi({ 'max-age': '1ms' }, { plans: 2 })
    await api.get(listOf(api))
    await api.get('/v1/backup-plans')
    api.emulator.play({ rules: [{ fault: { kind: 'throttle', hint: 'acs', waitMs: 30_000 } }] })
    const cold = `/v1/download-tasks?backupPlanId=${api.emulator.world.planIds[1]}`
    const paths = [listOf(api), listOf(api, '&format=csv'), `/v1/summary?backupPlanId=${planOf(api)}`, '/v1/backup-plans']
    for (const path of [...paths, cold]) await (await api.get(path)).text() // each list finds out once
    const before = api.emulator.requestCount
    for (const path of paths) {
      const stale = await api.get(path)
      expect([stale.status, stale.headers.get('cache-status')]).toEqual([200, 'backset; fwd=stale; detail=stale-if-error'])
    }
    for (const query of ['', '&format=csv']) {
      const refused = await api.get(cold + query)
      expect([refused.status, (await refused.json()) as object]).toMatchObject([503, { code: 'throttled', serviceCode: 'Throttling.User' }])
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(25)
      expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(30)
    }
    expect(api.emulator.requestCount).toBe(before)
  })
})

describe('entity tags', () => {
  test('a page that is named by its tag is 304, and says how old it is', async () => {
    await using api = await startApi({ 'max-age': '1h' })
    await api.get('/v1/backup-plans')
    const lists = ['', '&limit=3&status=finish', '&format=csv', '&format=ndjson&status=finish', '&format=csv&sort=size']
    for (const path of [...lists.map((query) => listOf(api, query)), `/v1/download-tasks/${idOf(api)}`, '/v1/backup-plans']) {
      const first = await api.get(path)
      expect((await api.request('HEAD', path)).headers.get('etag')).toBe(first.headers.get('etag'))
      const etag = first.headers.get('etag') ?? ''
      expect(etag).toMatch(/^W\/"[\w-]{22}"$/)
      for (const named of [etag, etag.slice(2), `"x", ${etag}`, '*']) {
        const again = await api.get(path, { headers: { 'if-none-match': named } })
        expect(again.status).toBe(304)
        expect(await again.text()).toBe('')
        expect(Object.fromEntries(again.headers)).toMatchObject({ etag, age: '0', 'cache-status': 'backset; hit' })
      }
      expect((await api.get(path, { headers: { 'if-none-match': 'W/"other"' } })).status).toBe(200)
    }
  })

  test('a tag lasts as long as the content, not as long as the snapshot', async () => {
    await using api = await startApi({ 'max-age': '1ms' })
    const tagOf = async () => (await api.get(listOf(api))).headers.get('etag')
    const tag = await tagOf()
    expect(await tagOf()).toBe(tag)
    api.emulator.world.tasksOf(planOf(api)).change(3, { ErrMessage: 'changed' })
    expect(await tagOf()).not.toBe(tag)
  })

  test('a stream that may be held already waits until the list is whole', async () => {
    await using api = await startApi({ 'max-age': '1ms' })
    const path = listOf(api, '&format=csv')
    expect((await api.get(path)).headers.has('etag')).toBe(false)
    const first = await api.get(path, { headers: { 'if-none-match': '""' } }) // as curl says it has nothing yet
    expect(first.status).toBe(200)
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' }
    const again = await api.get(path, { headers })
    expect([again.status, again.headers.get('cache-status')]).toEqual([304, 'backset; fwd=miss; stored'])
    api.emulator.world.tasksOf(planOf(api)).change(3, { ErrMessage: 'changed' })
    expect(await (await api.get(path, { headers })).text()).toContain('changed')
  })

  test('a list that does not fit into the store streams all the same', async () => {
    await using api = await startApi({}, { scenario: { rules: [{ shape: { kind: 'extra-total', rows: 300_000 } }] } })
    const answer = await ask(api.url + listOf(api, '&format=ndjson&allowIncomplete=true'), { 'if-none-match': '"x"' })
    expect(answer).toMatchObject({ status: 200, isWhole: true, headers: { 'cache-status': 'backset; fwd=bypass' } })
    expect(answer.headers['etag']).toBeUndefined()
  })

  test('regions have a tag, too', async () => {
    await using api = await startApi()
    const etag = (await api.get('/v1/regions')).headers.get('etag') ?? ''
    expect((await api.get('/v1/regions', { headers: { 'if-none-match': etag } })).status).toBe(304)
  })

  test('format, columns, filter and place make tags of their own', async () => {
    await using api = await startApi({ 'max-age': '1h' })
    await api.get(listOf(api))
    const queries = [
      '',
      '&format=csv',
      '&format=ndjson',
      '&format=csv&formulas=keep',
      '&format=csv&columns=id',
      '&format=csv&sort=name',
      '&limit=5',
      '&limit=5&format=csv',
      '&limit=5&format=ndjson',
      '&limit=5&columns=id',
      '&limit=5&sort=name',
      '&status=finish',
    ]
    const tags = await Promise.all(queries.map(async (query) => (await api.get(listOf(api, query))).headers.get('etag')))
    expect(new Set(tags).size).toBe(queries.length)
  })
})

describe('the bare call', () => {
  test('one page of DBS comes with its envelope, links masked', async () => {
    await using api = await startApi({}, { tasks: 70 })
    const answer = await api.get(listOf(api, '&pageNum=1&pageSize=50'))
    const body = (await answer.json()) as { items: object[] }
    expect(body).toMatchObject({ success: true, httpStatusCode: 200, pageNum: 1, pageSize: 50, totalElements: 70, totalPages: 2 })
    expect(body.items).toHaveLength(20)
    expect(JSON.stringify(body)).toContain('.tar.gz?***')
    expect(JSON.stringify(body)).not.toMatch(/tar\.gz\?(?!\*)/)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(api.emulator.requestCount).toBe(1)
    await api.get(listOf(api, '&pageNum=1&pageSize=50'))
    expect(api.emulator.requestCount).toBe(2)
  })

  test('equal bare calls at the same time are one call', async () => {
    await using api = await startApi({}, { latencyMs: 300 })
    const answers = await Promise.all(Array.from({ length: 20 }, () => api.get(listOf(api, '&pageNum=0'))))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(api.emulator.requestCount).toBe(1)
  })

  test('as CSV it is the rows of that page alone', async () => {
    await using api = await startApi({}, { tasks: 70 })
    const text = await (await api.get(listOf(api, '&pageNum=0&pageSize=30&format=csv&columns=id'))).text()
    expect(text.trimEnd().split('\r\n')).toHaveLength(31)
    expect(await (await api.get(listOf(api, '&pageNum=9&format=csv&columns=id'))).text()).toBe('backupSetDownloadTaskId\r\n')
  })
})

describe('accept', () => {
  test.each([
    ['application/json', 'application/json'],
    ['text/csv', 'text/csv; charset=utf-8; header=present'],
    ['application/jsonl', 'application/x-ndjson'],
  ])('%s is answered as %s', async (accept, type) => {
    await using api = await startApi()
    expect((await api.get(listOf(api), { headers: { accept } })).headers.get('content-type')).toBe(type)
  })

  test('what is not to be had is 406, unless format names something', async () => {
    await using api = await startApi()
    const headers = { accept: 'text/html' }
    expect(await (await api.get(listOf(api), { headers })).json()).toMatchObject({ status: 406, code: 'not-acceptable' })
    expect((await api.get(listOf(api, '&format=csv'), { headers })).status).toBe(200)
  })
})
