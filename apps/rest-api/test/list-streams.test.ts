import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Proof } from '@backset/core'
import { describe, expect, test, vi } from 'vitest'
import { startApi, type Api } from './api.js'
import { ask, startAsking } from './ask.js'

const planOf = ({ emulator }: Api): string => emulator.world.planIds[0] ?? ''
const urlOf = (api: Api, query: string): string => `${api.url}/v1/download-tasks?backupPlanId=${planOf(api)}${query}`
const idsOf = (api: Api): readonly string[] => [...api.emulator.world.tasksOf(planOf(api)).ids()]

describe('a list as a stream', () => {
  test('CSV holds every task with the fields of the API, and its proof follows', async () => {
    await using api = await startApi({}, { tasks: 257 })
    const { status, headers, body, trailers, isWhole } = await ask(urlOf(api, '&format=csv'))
    expect({ status, isWhole }).toEqual({ status: 200, isWhole: true })
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="download-tasks-${planOf(api)}.csv"`,
      'transfer-encoding': 'chunked',
      trailer: 'x-backset-proof',
      'cache-status': 'backset; fwd=miss; stored',
    })
    expect(body.slice(0, body.indexOf('\r\n')).split(',')).toHaveLength(19)
    for (const id of idsOf(api)) expect(body).toContain(`\r\n${id},`)
    expect(JSON.parse(trailers['x-backset-proof'] ?? '') as Proof).toMatchObject({ verdict: 'sealed', rows: 257, matched: 257 })
    expect(body).not.toMatch(/tar\.gz\?(?!\*)/)
  })

  test('NDJSON holds a task a line; filter, columns and sort hold', async () => {
    await using api = await startApi({}, { tasks: 257 })
    const { body, trailers, headers } = await ask(urlOf(api, '&sort=-size&status=done&columns=id,size'), { accept: 'application/x-ndjson' })
    expect(headers['content-type']).toBe('application/x-ndjson')
    const sizes = [...body.matchAll(/"backupSetDataSize":(\d+)/g)].map(([, size = '']) => BigInt(size))
    expect(sizes).toEqual(sizes.toSorted((a, b) => (a > b ? -1 : a < b ? 1 : 0)))
    const lines = body.trimEnd().split('\n')
    expect(JSON.parse(trailers['x-backset-proof'] ?? '') as Proof).toMatchObject({ rows: 257, matched: lines.length })
    expect(Object.keys(JSON.parse(lines[0] ?? '') as object)).toEqual(['backupSetDownloadTaskId', 'backupSetDataSize'])
  })

  test('a filter that nothing passes leaves a header, and no line', async () => {
    await using api = await startApi()
    expect((await ask(urlOf(api, '&format=csv&name=nosuch&columns=id'))).body).toBe('backupSetDownloadTaskId\r\n')
    expect(await ask(urlOf(api, '&format=ndjson&name=nosuch'))).toMatchObject({
      body: '',
      isWhole: true,
      trailers: { 'x-backset-proof': expect.any(String) },
    })
  })

  test('formulas are made safe unless they are to be kept', async () => {
    await using api = await startApi({}, { tasks: 45 })
    expect((await ask(urlOf(api, '&format=csv&columns=name'))).body).toMatch(/^"?'=HYPERLINK/m)
    expect((await ask(urlOf(api, '&format=csv&columns=name&formulas=keep'))).body).toMatch(/^"=HYPERLINK/m)
  })

  test('limit asks for a page of the stream, with its links and its proof', async () => {
    await using api = await startApi({ 'max-age': '1h' })
    const { headers, body } = await ask(urlOf(api, '&format=csv&limit=10&columns=id'))
    expect(body.trimEnd().split('\r\n')).toHaveLength(11)
    expect(headers).toMatchObject({
      'content-length': String(body.length),
      etag: expect.any(String),
      'x-backset-proof': expect.any(String),
    })
    const next = /<([^>]*)>; rel="next"/.exec(headers['link'] as string)?.[1] ?? ''
    expect((await ask(api.url + next)).body.split('\r\n')[1]).toBe(idsOf(api)[10])
  })

  test('HEAD gives the head alone', async () => {
    await using api = await startApi()
    const answer = await api.request('HEAD', `/v1/download-tasks?backupPlanId=${planOf(api)}&format=csv`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
  })

  test('rows flow while the list is still read', async () => {
    await using api = await startApi({ lookahead: '1' }, { tasks: 1000, scenario: { rules: [{ pageNum: 5, fault: { kind: 'hang' } }] } })
    const answer = await startAsking(urlOf(api, '&format=csv'))
    let text = ''
    answer
      .setEncoding('utf8')
      .on('data', (chunk: string) => (text += chunk))
      .on('error', () => undefined)
    await vi.waitFor(() => expect(text.split('\r\n')).toHaveLength(502), 5000)
    answer.destroy()
  })
})

describe('a stream that cannot end well', () => {
  test('a failure before the first byte is a problem', async () => {
    await using api = await startApi({ 'max-attempts': '1' }, { scenario: { rules: [{ fault: { kind: 'unavailable' } }] } })
    for (const query of ['&format=csv', '&format=ndjson&sort=name', '']) {
      const { status, headers, body } = await ask(urlOf(api, query))
      expect(status).toBe(503)
      expect(headers['content-type']).toBe('application/problem+json')
      expect(JSON.parse(body)).toMatchObject({ code: 'service-unavailable' })
    }
  })

  test.each(['&format=csv', '&format=ndjson'])('a failure in the middle of %s ends without a last chunk', async (query) => {
    const rules = [{ pageNum: 30, fault: { kind: 'refuse', code: 'Forbidden.RAM' } }] as const
    await using api = await startApi({}, { tasks: 4000, scenario: { rules: [...rules] } })
    const { status, body, trailers, isWhole } = await ask(urlOf(api, query))
    expect(status).toBe(200)
    expect(body.length).toBeGreaterThan(0)
    expect({ isWhole, trailers }).toEqual({ isWhole: false, trailers: {} })
    await expect(fetch(urlOf(api, query)).then((answer) => answer.text())).rejects.toThrow()
    expect(api.logs).toContainEqual(expect.objectContaining({ msg: 'a stream broke off' }))
    await vi.waitFor(() => expect(api.logs).toContainEqual(expect.objectContaining({ msg: 'answered', brokeOff: true })))
    expect(api.logs).not.toContainEqual(expect.objectContaining({ leftEarly: true }))
  })

  test('a list that is not proved is cut where its proof would stand', async () => {
    await using api = await startApi({}, { tasks: 300, scenario: { rules: [{ shape: { kind: 'extra-total', rows: 5 } }] } })
    expect(await ask(urlOf(api, '&format=ndjson'))).toMatchObject({ status: 200, isWhole: false, trailers: {} })
    const taken = await ask(urlOf(api, '&format=ndjson&allowIncomplete=true'))
    expect(taken.isWhole).toBe(true)
    expect(JSON.parse(taken.trailers['x-backset-proof'] ?? '') as Proof).toMatchObject({ verdict: 'short' })
  })
})

describe('many readers', () => {
  test('a thousand equal requests on a cold store are one listing', { timeout: 60_000 }, async () => {
    await using api = await startApi({ 'max-age': '1h' }, { tasks: 300, latencyMs: 300 })
    const queries = ['', '&format=csv', '&format=ndjson&sort=name', '&limit=10']
    const answers = await Promise.all(
      Array.from({ length: 1000 }, async (_, at) => {
        const { status, isWhole } = await ask(urlOf(api, queries[at % queries.length] ?? ''))
        return `${status} ${isWhole}`
      }),
    )
    expect(new Set(answers)).toEqual(new Set(['200 true']))
    expect(api.emulator.requestCount).toBe(3 + 2)
  })

  test('one that leaves does not stop the walk; all that leave do, within a second', async () => {
    await using api = await startApi({ lookahead: '2' }, { tasks: 100_000, latencyMs: 20 })
    const leaving = Array.from({ length: 20 }, () => new AbortController())
    const queries = ['&format=csv', '', '&format=ndjson', '&sort=name']
    const asked = leaving.map(({ signal }, at) => startAsking(urlOf(api, queries[at % 4] ?? ''), {}, signal).catch(() => undefined))
    await vi.waitFor(() => expect(api.emulator.requestCount).toBeGreaterThan(5), 5000)
    for (const one of leaving.slice(1)) one.abort()
    const before = api.emulator.requestCount
    await vi.waitFor(() => expect(api.emulator.requestCount).toBeGreaterThan(before + 10), 5000)
    leaving[0]?.abort()
    await new Promise((resolve) => setTimeout(resolve, 500))
    await expectQuiet(api)
    await Promise.all(asked)
  })
})

describe('a list that does not fit the store', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const heapMiB = (): number => {
    collect()
    return process.memoryUsage().heapUsed / 2 ** 20
  }

  test('as JSON it is refused with the advice to stream it', async () => {
    await using api = await startApi({}, { tasks: 300_000 })
    for (const query of ['', '&limit=5&format=csv', '&format=csv&sort=name']) {
      const { status, body } = await ask(urlOf(api, query))
      expect(status).toBe(422)
      expect(JSON.parse(body)).toMatchObject({ code: 'list-too-large', hint: expect.stringContaining('format=ndjson') })
    }
    for (const route of ['summary', 'download-tasks/events']) {
      const { status, body } = await ask(`${api.url}/v1/${route}?backupPlanId=${planOf(api)}`)
      expect(status).toBe(422)
      expect(JSON.parse(body)).toMatchObject({
        code: 'list-too-large',
        hint: expect.stringContaining('GET /v1/download-tasks with format='),
      })
    }
    expect(api.emulator.requestCount).toBeLessThan(40)
  })

  test('300,000 tasks stream as CSV with a flat memory', { timeout: 180_000 }, async () => {
    await using api = await startApi({}, { tasks: 300_000 })
    const answer = await startAsking(urlOf(api, '&format=csv'))
    let [rows, tail] = [-1, '']
    const heap: number[] = []
    for await (const chunk of answer.setEncoding('utf8') as AsyncIterable<string>) {
      const lines = (tail + chunk).split(/\r\n(?=urx)/)
      tail = lines.pop() ?? ''
      rows += lines.length
      if (rows / 50_000 > heap.length + 0.5) heap.push(heapMiB())
    }
    expect(rows + 1).toBe(300_000)
    expect(answer.complete).toBe(true)
    expect(JSON.parse(answer.trailers['x-backset-proof'] ?? '') as Proof).toMatchObject({ verdict: 'sealed', rows: 300_000 })
    // 28 bytes a task are what the proof takes; the tasks would take two hundred times that.
    expect(heap).toHaveLength(6)
    expect(Math.max(...heap) - Math.min(...heap)).toBeLessThan(40)
  })

  test('few are read at once', async () => {
    await using api = await startApi({}, { tasks: 300_000 })
    const url = urlOf(api, '&format=ndjson')
    const open = [await startAsking(url), await startAsking(url), await startAsking(url), await startAsking(url)]
    const { status, headers, body } = await ask(url)
    expect([status, JSON.parse(body)]).toMatchObject([503, { code: 'too-many-readers' }])
    expect(headers['retry-after']).toBe('5')
    open[0]?.destroy()
    await vi.waitFor(async () => {
      const answer = await startAsking(url)
      answer.destroy()
      expect(answer.statusCode).toBe(200)
    }, 5000)
    for (const answer of open) answer.destroy()
  })

  test('a reader that stands still stops the reading', async () => {
    await using api = await startApi({}, { tasks: 300_000 })
    const answer = await startAsking(urlOf(api, '&format=ndjson'))
    await vi.waitFor(async () => {
      const before = api.emulator.requestCount
      await new Promise((resolve) => setTimeout(resolve, 200))
      expect(api.emulator.requestCount).toBe(before)
    }, 10_000)
    expect(api.emulator.requestCount).toBeLessThan(300)
    answer.destroy()
    await new Promise((resolve) => setTimeout(resolve, 200))
    await expectQuiet(api)
  })
})

/** Nothing more is asked of DBS. */
async function expectQuiet(api: Api): Promise<void> {
  const before = api.emulator.requestCount
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(api.emulator.requestCount).toBe(before)
}
