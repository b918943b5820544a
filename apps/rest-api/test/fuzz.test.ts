import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { scopes } from '../src/auth/caller.js'
import { type Api, readDocument, startApi } from './api.js'
import { Contract, type Document } from './contract.js'
import { makeKeys } from './keys.js'

const seed = Number(process.env['BACKSET_FUZZ_SEED'] ?? Date.now() % 2 ** 31)
const runs = Number(process.env['BACKSET_FUZZ_RUNS'] ?? 10_000)
const atOnce = 16

interface Shot {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** Words that are right somewhere, and words that have broken servers. */
const words = (api: Api): fc.Arbitrary<string> => {
  const { planIds } = api.emulator.world
  const taskIds = planIds.flatMap((planId) => api.emulator.world.tasksOf(planId).ids().slice(0, 5))
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...planIds, ...taskIds) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        'finish',
        'active,failed',
        '7d',
        '2026-01-01',
        '2026-01-01T00:00:00Z',
        '10GiB',
        '-createTime,name',
        'asc',
        'csv',
        'ndjson',
        'json',
        'true',
        'false',
        '1',
        '0',
        '100',
        '1000',
        '30',
        'UTC',
        'Asia/Shanghai',
        'internet',
        'MySQL',
        'backupSetDownloadTaskId,status',
        '*x*',
      ),
    },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        '',
        ' ',
        '__proto__',
        'constructor',
        'toString',
        '../../etc/passwd',
        'a/b',
        '%',
        '%00',
        '\0',
        '\u202e',
        '💥',
        "'; rm -rf ~'",
        '-1',
        '1e309',
        'NaN',
        '0x10',
        '9007199254740993',
        '99999999999999999999',
        '1.5',
        'P1D',
        '9999999d',
        '275760-09-13',
        '*'.repeat(200),
        'x'.repeat(2000),
        ','.repeat(300),
        '[[[[',
        '{"a":1}',
        '<script>',
        '${7*7}',
        '=1+1',
        '[a-',
        '(a+)+$',
        '1-0',
        '18446744073709551615-1',
      ),
    },
    { weight: 2, arbitrary: fc.string({ maxLength: 40, unit: 'binary' }) },
  )
}

const headersOf = (word: fc.Arbitrary<string>) =>
  fc.dictionary(
    fc.constantFrom(
      'accept',
      'if-none-match',
      'last-event-id',
      'idempotency-key',
      'x-request-id',
      'traceparent',
      'cookie',
      'content-type',
      'origin',
      'range',
      'accept-encoding',
      'x-forwarded-for',
      'forwarded',
      'sec-fetch-site',
      'expect',
      'te',
      'upgrade',
      'if-modified-since',
    ),
    fc.oneof(
      word,
      fc.constantFrom(
        'application/json',
        'text/csv;q=0.5, */*;q=0.1',
        'text/html',
        'application/x-www-form-urlencoded',
        '*',
        'W/"x"',
        'a=1; backset_session=x',
      ),
    ),
    { maxKeys: 4 },
  )

function shots(api: Api, document: Document, key: string): fc.Arbitrary<Shot> {
  const word = words(api)
  const routes = Object.entries(document.paths).flatMap(([template, operations]) =>
    Object.keys(operations).map((method) => ({ template, method })),
  )
  const pages = [
    '/',
    '/tasks/{id}',
    '/login',
    '/logout',
    '/docs',
    '/problems/{code}',
    '/assets/{file}',
    '/openapi.json',
    '/{any}',
    '/v1/{any}',
  ]
  const names = [...new Set(Object.values(document.paths).flatMap(parametersOf))]
  const query = fc.array(fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...names) }, word), word), { maxLength: 5 })
  const body = fc.oneof(
    fc.constant(undefined),
    fc.json(),
    word,
    fc
      .record(
        {
          kind: fc.constantFrom('full', 'increment', 'other'),
          backupPlanId: word,
          backupSetId: word,
          jobId: word,
          logFile: word,
          dataFormat: word,
        },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value)),
  )
  const route = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...routes) },
    { weight: 1, arbitrary: fc.record({ template: fc.constantFrom(...pages), method: fc.constant('get') }) },
  )
  const method = fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom('HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND') },
  )
  return fc
    .record({
      route,
      method,
      query,
      headers: headersOf(word),
      body,
      fill: fc.array(word, { minLength: 2, maxLength: 2 }),
      hasKey: fc.integer({ min: 0, max: 9 }),
    })
    .map((made): Shot => {
      let at = 0
      const path = made.route.template.replaceAll(/\{\w+\}/g, () => encoded(made.fill[at++] ?? ''))
      const search = made.query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
      const sent = made.method ?? made.route.method.toUpperCase()
      return {
        method: sent,
        path: search === '' ? path : `${path}?${search}`,
        headers: {
          ...Object.fromEntries(
            Object.entries(made.headers).map(([name, value]) => [name, value.replaceAll(/[^\t\x20-\x7e\xa0-\xff]/g, '?')]),
          ),
          ...(made.hasKey > 0 && { authorization: `Bearer ${key}` }),
        },
        body: ['GET', 'HEAD', 'TRACE', 'OPTIONS'].includes(sent) ? undefined : made.body,
      }
    })
}

const parametersOf = (operations: object): string[] =>
  Object.values(operations as Record<string, { parameters?: { name: string }[] }>).flatMap(({ parameters = [] }) =>
    parameters.map(({ name }) => name),
  )

/** As a browser would, but half of what it would escape is left as it is. */
const encoded = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll(/%(2C|3A|2A|5B|5D|7B|7D|27)/g, (code) =>
    text.length % 2 === 0 ? code : decodeURIComponent(code),
  )

async function fire(url: string, { method, path, headers, body }: Shot, agent: Agent): Promise<Response> {
  const { hostname, port } = new URL(url)
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = httpRequest({ hostname, port, method, path, headers, agent }, resolve)
    asked.once('error', reject).end(body)
  })
  const type = answer.headers['content-type'] ?? ''
  const chunks: Buffer[] = []
  // A stream of events would go on for ever.
  if (type.startsWith('text/event-stream')) answer.destroy()
  else for await (const chunk of answer) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks)
  const status = answer.statusCode ?? 0
  const list = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  return new Response([204, 304].includes(status) || method === 'HEAD' ? null : text, { status, headers: list })
}

/** The same by HEAD, or by nobody. */
const askedOtherwise = (shot: Shot): Shot => {
  const { authorization: _, ...others } = shot.headers
  return shot.method === 'GET' ? { ...shot, method: 'HEAD' } : { ...shot, headers: others }
}

const stack = /\n\s+at |node:internal|node_modules|\.ts:\d+|\.js:\d+/

test(`${runs} requests of all kinds meet no fault of ours (BACKSET_FUZZ_SEED=${seed})`, async () => {
  const keys = await makeKeys()
  const key = await keys.add(scopes)
  await using api = await startApi({ keys: keys.file, 'rate-limit': 'off', 'max-age': '1h', 'attempt-timeout': '2s' }, { tasks: 40 })
  const document = await readDocument()
  const contract = new Contract(document)
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const all = fc
    .sample(shots(api, document, key), { numRuns: runs / 2, seed })
    .flatMap((shot) => [shot, askedOtherwise(shot)])
    .values()
  const statuses = new Map<number, number>()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const shot of all) {
        const answer = await fire(api.url, shot, agent).catch((error: unknown) => {
          throw new Error(`${JSON.stringify(shot)}: ${String(error)}`)
        })
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
        const told = JSON.stringify(shot)
        if (answer.status === 500) throw new Error(`500 to ${told}: ${JSON.stringify(api.logs.find(({ level }) => Number(level) >= 50))}`)
        const isAnswerOfOurs = !(answer.headers.get('content-type') ?? '').startsWith('application/javascript')
        if (isAnswerOfOurs && stack.test(await answer.clone().text())) throw new Error(`A stack trace to ${told}: ${await answer.text()}`)
        await contract.check(shot.method, new URL(shot.path, api.url).pathname, answer).catch((error: unknown) => {
          throw new Error(`${told}: ${String(error)}`)
        })
      }
    }),
  )
  agent.destroy()
  expect(api.logs.filter(({ level }) => Number(level) >= 50)).toEqual([])
  // It reached past the first checks.
  expect(statuses.get(200) ?? 0).toBeGreaterThan(runs / 50)
  expect([...statuses.keys()].toSorted((one, other) => one - other)).toEqual(expect.arrayContaining([200, 400, 401, 404, 405]))
}, 600_000)
