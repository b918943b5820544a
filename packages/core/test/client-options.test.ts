import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { DbsClient, type DbsClientOptions, type InputError } from '../src/index.js'
import { scriptedDispatcher } from './scripted-dispatcher.js'

const refusalOf = (work: () => unknown): InputError => {
  try {
    work()
  } catch (error) {
    return error as InputError
  }
  throw new Error('it was taken')
}

const opened = (options: unknown): DbsClient => new DbsClient({ env: {}, ...(options as DbsClientOptions) })

test.each<[string, unknown, string]>([
  ['region', 5, 'region is 5, but must be text that is not empty.'],
  ['region', null, 'region is null, but must be text that is not empty.'],
  ['endpoint', '', 'endpoint is "", but must be text that is not empty.'],
  ['network', 'VPC', 'network is "VPC", but must be public or vpc.'],
  ['allowHttp', 'no', 'allowHttp is "no", but must be true or false.'],
  ['profile', {}, 'profile is an object, but must be text that is not empty.'],
  ['signature', 'v9', 'signature is "v9", but must be v3 or v1.'],
  ['method', 'put', 'method is "put", but must be POST or GET.'],
  ['wire', 'yaml', 'wire is "yaml", but must be json or xml.'],
  ['maxAttempts', -1, 'maxAttempts is -1, but must be a whole number from 1.'],
  ['maxAttempts', 1.5, 'maxAttempts is 1.5, but must be a whole number from 1.'],
  ['maxInFlight', Infinity, 'maxInFlight is Infinity, but must be a whole number from 1.'],
  ['maxInFlight', '8', 'maxInFlight is "8", but must be a whole number from 1.'],
  ['timeout', true, 'timeout is true, but must be milliseconds, or text as 30s.'],
  ['requestTimeout', 'soon', 'requestTimeout is "soon", which is no duration.'],
  ['attemptTimeout', -1, 'attemptTimeout is -1, which is no duration.'],
  ['userAgent', 7, 'userAgent is 7, but must be text that is not empty.'],
  ['pace', { turn() {} }, 'pace is an object, but must be a Pace, with turn(), succeeded() and throttled().'],
  ['dispatcher', 'http://proxy', 'dispatcher is "http://proxy", but must be a Dispatcher of undici.'],
  ['clock', () => 0, 'clock is a function, but must be a Clock, with now(), monotonic() and sleep().'],
  ['random', 0.5, 'random is 0.5, but must be a function.'],
  ['nonce', 'once', 'nonce is "once", but must be a function.'],
  ['env', 'PATH', 'env is "PATH", but must be an object.'],
  ['homeDir', [], 'homeDir is a list, but must be text that is not empty.'],
])('the option %s is not %j', (field, value, message) => {
  expect(refusalOf(() => opened({ [field]: value }))).toMatchObject({ name: 'InputError', code: 'invalid-input', field, message })
})

test.each([
  'LTAI:CANARY',
  'CANARY',
  { accessKeyId: 'CANARY' },
  { accessKeyId: 'CANARY', accessKeySecret: 7 },
  { accessKeySecret: 'CANARY' },
  { get: 'CANARY' },
  7,
])('credentials that are none are refused unquoted: %#', (credentials) => {
  const error = refusalOf(() => opened({ credentials }))
  expect(error).toMatchObject({ code: 'invalid-input', field: 'credentials' })
  expect(error.message).toBe('credentials must be an object with accessKeyId and accessKeySecret, or a provider with get().')
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('CANARY')
})

test.each([
  ['maxAttempt', 'Did you mean maxAttempts?'],
  ['Region', 'Did you mean region?'],
  ['constructor', 'It takes region, endpoint, '],
  ['retries', 'It takes region, endpoint, '],
])('the option %s is not known', (field, hint) => {
  const error = refusalOf(() => opened({ [field]: 1 }))
  expect(error).toMatchObject({ code: 'invalid-input', field, message: `DbsClient takes no option "${field}".` })
  expect(error.hint).toContain(hint)
})

test('options that are no object are refused', () => {
  for (const options of ['cn-hangzhou', null, 7])
    expect(() => new DbsClient(options as never)).toThrow('DbsClient takes its options as an object.')
})

test('what is undefined counts as left out', () => {
  const names = ['region', 'wire', 'credentials', 'maxAttempts', 'timeout', 'pace', 'dispatcher', 'clock', 'homeDir']
  expect(() => opened(Object.fromEntries(names.map((name) => [name, undefined])))).not.toThrow()
})

const { dispatcher, sent } = scriptedDispatcher({})
const client = new DbsClient({
  endpoint: 'https://dbs.example',
  credentials: { accessKeyId: 'id', accessKeySecret: 'secret' },
  dispatcher,
  env: {},
})

test.each<[unknown, string]>([
  [{ lookahead: 0 }, 'lookahead is 0, but must be a whole number from 1.'],
  [{ limit: -1 }, 'limit is -1, but must be a whole number from 0.'],
  [{ verify: 'none' }, 'verify is "none", but must be ends or full.'],
  [{ allowIncomplete: 1 }, 'allowIncomplete is 1, but must be true or false.'],
  [{ filter: { status: 'failed' } }, 'filter is an object, but must be a function.'],
  [{ cursor: 5 }, 'cursor is 5, but must be text.'],
  [{ signal: new AbortController() }, 'signal is an object, but must be an AbortSignal.'],
  [{ lookAhead: 5 }, 'A listing takes no option "lookAhead".'],
])('a listing does not take %j', (options, message) => {
  for (const list of [
    () => client.listDownloadTasks({ backupPlanId: 'dbs1' }, options as never),
    () => client.listBackupPlans({ region: 'cn-hangzhou' }, options as never),
  ])
    expect(refusalOf(list)).toMatchObject({ code: 'invalid-input', message })
})

test('a query names the nearest of what it takes', () => {
  const planId = refusalOf(() => client.listDownloadTasks({ planId: 'dbs1' } as never))
  expect(planId).toMatchObject({ field: 'planId', message: 'listDownloadTasks takes no option "planId".' })
  expect(refusalOf(() => client.listDownloadTasks({ backupPlanID: 'dbs1' } as never)).hint).toBe('Did you mean backupPlanId?')
  expect(refusalOf(() => client.listDownloadTasks(undefined as never)).code).toBe('invalid-input')
  expect(refusalOf(() => client.listBackupPlans({ regions: 'x' } as never)).hint).toBe('Did you mean region?')
})

test.each<[unknown, string]>([
  [{ until: 'finished' }, 'until is "finished", but must be one of checking, check_pass, schedule, running, finish.'],
  [{ timeout: null }, 'timeout is null, but must be milliseconds, or text as 30s.'],
  [{ interval: '5 minutes' }, 'interval is "5 minutes", which is no duration.'],
  [{ onPoll: true }, 'onPoll is true, but must be a function.'],
  [{ untill: 'finish' }, 'takes no option "untill".'],
])('who waits cannot give %j', async (options, message) => {
  const words = expect.stringContaining(message) as string
  await expect(client.waitForDownloadTask('urx1', options as never)).rejects.toMatchObject({ code: 'invalid-input', message: words })
  await expect(client.waitForDownloadTasks(['urx1'], options as never)).rejects.toMatchObject({ code: 'invalid-input', message: words })
})

test.each<[unknown, string]>([
  [{ signal: 'now' }, 'signal is "now", but must be an AbortSignal.'],
  [{ leftMs: 5 }, 'leftMs is 5, but must be a function.'],
  [{ timeout: '5s' }, 'A call takes no option "timeout".'],
  [null, 'A call takes its options as an object.'],
])('a call does not take %j', async (options, message) => {
  await expect(client.getDownloadTask('urx1', options as never)).rejects.toMatchObject({ code: 'invalid-input', message })
  await expect(client.call('DescribeRegions', {}, options as never)).rejects.toMatchObject({ code: 'invalid-input', message })
})

test('nothing of it was sent', () => {
  expect(sent).toEqual([])
})
