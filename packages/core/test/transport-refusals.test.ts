import { expect, test } from 'vitest'
import { DbsClient } from '../src/index.js'
import { refusal, scriptedDispatcher, type Scripted } from './scripted-dispatcher.js'
import { read, scene } from './transport-scene.js'

const page = (status: number, headers: Readonly<Record<string, string>> = {}): Scripted => ({
  status,
  headers: { 'content-type': 'text/html', 'x-acs-request-id': 'R-7', ...headers },
  body: '<html>Access denied</html>',
})

test.each([
  [401, 'credentials-refused'],
  [403, 'no-permission'],
])('a page under HTTP %i is %s, and asked for once', async (status, code) => {
  const { run, sent } = scene([page(status)])
  expect(await run(read)).toMatchObject({ name: 'AnswerError', code, httpStatus: status, requestId: 'R-7', attempts: 1 })
  expect(sent).toHaveLength(1)
})

test.each<[string, Scripted]>([
  ['a page', page(200)],
  ['half an object', { headers: { 'x-acs-request-id': 'R-7' }, body: '{"Items":' }],
  ['a redirect', page(302)],
  ['another encoding', page(200, { 'content-encoding': 'br' })],
])('%s bears the request id of its headers', async (_, answer) => {
  expect(await scene([answer]).run(read)).toMatchObject({ code: 'unreadable-answer', requestId: 'R-7' })
})

test('a request id from a header is made harmless', async () => {
  const { run } = scene([page(200, { 'x-acs-request-id': `R\u001B[2J${'x'.repeat(1000)}` })])
  const { requestId } = (await run(read)) as { requestId: string }
  expect(requestId).toMatch(/^R \[2Jx{1,100}…$/)
})

test('a list that cannot be read bears its request id', async () => {
  const { dispatcher } = scriptedDispatcher({ headers: { 'x-acs-request-id': 'R-7' }, body: { Success: true } })
  const credentials = { accessKeyId: 'id', accessKeySecret: 'secret' }
  await using client = new DbsClient({ endpoint: 'https://dbs.example', credentials, dispatcher, env: {} })
  await expect(client.getDownloadTask('urx1')).rejects.toMatchObject({ code: 'unreadable-answer', requestId: 'R-7' })
  await expect(client.listBackupPlans()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
    code: 'unreadable-answer',
    requestId: 'R-7',
  })
})

test.each<[string, Scripted]>([
  ['DBS', refusal('Throttling.User', 400, { 'retry-after': '3600' })],
  ['a gateway', page(429, { 'retry-after': '3600' })],
])('%s that asks for an hour is told with its hour', async (_, answer) => {
  const { run, clock } = scene([answer])
  expect(await run(read)).toMatchObject({
    code: 'throttled',
    attempts: 1,
    hint: expect.stringMatching(/^The server asks to wait 3600 s before the next call\. \w/) as string,
  })
  expect(clock.monotonic()).toBe(0)
})

test('what is not to be repeated speaks of no wait', async () => {
  const { run } = scene([refusal('Forbidden.RAM', 403, { 'retry-after': '3600' })])
  expect(await run(read)).toMatchObject({ hint: expect.not.stringContaining('3600') as string })
})
