import { startEmulator } from '@backset/emulator'
import { describe, expect, test } from 'vitest'
import { backset, lastJsonLine } from './backset.js'

type Fault = NonNullable<NonNullable<Parameters<typeof startEmulator>[0]>['scenario']>

const always = (fault: NonNullable<Fault['rules']>[number]['fault']): Fault => ({ rules: [{ fault }] })

/** Every fault that no waiting cures, its exit code and our word for it. */
const hopeless = [
  {
    name: 'no permission',
    scenario: always({ kind: 'refuse', code: 'Forbidden.RAM', accessDenied: true }),
    exit: 3,
    code: 'no-permission',
    hint: 'dbs:DescribeBackupSetDownloadTaskList',
  },
  {
    name: 'no permission, in DBS’s own word',
    scenario: always({ kind: 'refuse', code: 'Request.Forbidden' }),
    exit: 3,
    code: 'no-permission',
    hint: 'RAM action',
  },
  {
    name: 'an unknown key',
    scenario: always({ kind: 'refuse', code: 'InvalidAccessKeyId.NotFound', status: 404 }),
    exit: 3,
    code: 'credentials-refused',
    hint: 'ALIBABA_CLOUD_ACCESS_KEY_ID',
  },
  { name: 'an id that names nothing', scenario: always({ kind: 'soft-failure' }), exit: 4, code: 'not-found', hint: 'backset' },
  {
    name: 'a refusal of another kind',
    scenario: always({ kind: 'refuse', code: 'SomethingNew', status: 400 }),
    exit: 1,
    code: 'refused',
    hint: 'documentation',
  },
  { name: 'a throttle that lasts', scenario: always({ kind: 'throttle' }), exit: 1, code: 'throttled', hint: '--lookahead' },
  { name: 'a service that is down', scenario: always({ kind: 'unavailable' }), exit: 1, code: 'service-unavailable', hint: 'later' },
  { name: 'a web page in place of an answer', scenario: always({ kind: 'html-502' }), exit: 1, code: 'unreadable-answer', hint: 'proxy' },
  { name: 'broken JSON', scenario: always({ kind: 'bad-json' }), exit: 1, code: 'unreadable-answer', hint: 'proxy' },
  { name: 'a cut answer', scenario: always({ kind: 'cut-body' }), exit: 1, code: 'unreadable-answer', hint: 'proxy' },
  { name: 'an answer without end', scenario: always({ kind: 'huge-body' }), exit: 1, code: 'answer-too-large', hint: 'endpoint' },
  { name: 'an answer that swells', scenario: always({ kind: 'gzip-bomb' }), exit: 1, code: 'answer-too-large', hint: 'endpoint' },
  { name: 'a redirect', scenario: always({ kind: 'redirect' }), exit: 1, code: 'unreadable-answer', hint: '--endpoint' },
  { name: 'a connection that is reset', scenario: always({ kind: 'reset' }), exit: 8, code: 'unreachable', hint: 'network' },
  { name: 'a service that hangs', scenario: always({ kind: 'hang' }), exit: 8, code: 'unreachable', hint: 'network' },
] as const

// What is large or swells must come before it can be judged; everything else is at hand.
const patience: Readonly<Record<string, string>> = { 'answer-too-large': '15s', unreachable: '300ms' }

test.each(hopeless)('$name ends with exit $exit and a hint', async ({ scenario, exit, code, hint }) => {
  await using emulator = await startEmulator({ tasks: 20, plans: 1, scenario })
  const { exitCode, stdout, stderr } = await backset(
    ['list', '--plan', emulator.world.planIds[0] ?? '', '-o', 'json', '--attempt-timeout', patience[code] ?? '5s', '--max-attempts', '2'],
    emulator,
  )
  expect({ exitCode, stdout }).toEqual({ exitCode: exit, stdout: '' })
  expect(lastJsonLine(stderr)).toMatchObject({ error: { code, hint: expect.stringContaining(hint) as string } })
})

test('a command out of time ends with 6', async () => {
  await using emulator = await startEmulator({ tasks: 20, plans: 1, scenario: always({ kind: 'hang' }) })
  const { exitCode, stderr } = await backset(
    ['list', '--plan', emulator.world.planIds[0] ?? '', '--timeout', '300ms', '-o', 'json'],
    emulator,
  )
  expect(exitCode).toBe(6)
  expect(lastJsonLine(stderr)).toMatchObject({ error: { code: 'timed-out', hint: expect.stringContaining('--timeout') as string } })
})

test('an interrupted command ends with 130', async () => {
  await using emulator = await startEmulator({ tasks: 20, plans: 1, scenario: always({ kind: 'hang' }) })
  const interrupt = new AbortController()
  const running = backset(['list', '--plan', emulator.world.planIds[0] ?? ''], emulator, { signal: interrupt.signal })
  interrupt.abort()
  expect((await running).exitCode).toBe(130)
})

test('a task that is not there ends with 4', async () => {
  await using emulator = await startEmulator({ tasks: 0, plans: 1 })
  const { exitCode, stdout, stderr } = await backset(['get', 'urx0000', '-o', 'json'], emulator)
  expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' })
  expect(lastJsonLine(stderr)).toMatchObject({ error: { code: 'not-found', hint: expect.stringContaining('backset list') as string } })
})

test('a wrong secret is told from a wrong way of signing', async () => {
  await using emulator = await startEmulator({ tasks: 1, plans: 1 })
  const { exitCode, stderr } = await backset(['list', '--plan', 'x', '-o', 'json'], emulator, {
    env: { ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'wrong' },
  })
  expect(exitCode).toBe(3)
  expect(lastJsonLine(stderr)).toMatchObject({
    error: { code: 'signature-mismatch', hint: expect.stringContaining('the AccessKeySecret is wrong') as string },
  })
})

describe('what is wrong before anything is sent ends with 2', () => {
  const wrong = [
    { argv: ['list'], says: '--plan' },
    { argv: ['list', '--plan', 'x', '--all-plans'], says: '--all-plans' },
    { argv: ['list', '--plan', 'x', '--page-size', '31'], says: '--page-size is "31"' },
    { argv: ['list', '--plan', 'x', '--page-num', '-1'], says: '--page-num' },
    { argv: ['list', '--plan', 'x', '--sttaus', 'finish'], says: 'Did you mean --status?' },
    { argv: ['list', '--plan', 'x', '--status', 'finnish'], says: 'Did you mean finish?' },
    { argv: ['list', '--plan', 'x', '--since', 'yesterday'], says: 'since is "yesterday"' },
    { argv: ['list', '--plan', 'x', '--columns', 'siz'], says: 'Did you mean size?' },
    { argv: ['list', '--plan', 'x', '--query', '[?'], says: '--query' },
    { argv: ['list', '--plan', 'x', '-o', 'xml'], says: '--output' },
    { argv: ['list', '--plan', 'x', '--limit', 'many'], says: '--limit' },
    { argv: ['list', '--plan', 'x', '--cursor', 'nonsense'], says: 'cursor' },
    { argv: ['list', '--plan', 'x', '--out', '/no/such/folder/tasks.csv'], says: 'its folder does not exist' },
    { argv: ['list', '--plan', 'x', '--region', 'a,b'], says: 'one --region' },
    { argv: ['lst'], says: 'Did you mean backset list?' },
    { argv: ['get'], says: 'TASK_ID' },
    { argv: ['get', 'a', 'b'], says: '"b"' },
  ] as const

  test.each(wrong)('backset $argv', async ({ argv, says }) => {
    await using emulator = await startEmulator({ tasks: 1, plans: 1 })
    const { exitCode, stdout, stderr } = await backset(argv, emulator)
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toContain(says)
    expect(emulator.requestCount).toBe(0)
  })

  test('an unknown region names the nearest', async () => {
    const { exitCode, stderr } = await backset(['plans', '--region', 'cn-hangzhuo'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('Did you mean cn-hangzhou?')
  })
})

test('without keys it says where to put them', async () => {
  await using emulator = await startEmulator({ tasks: 1, plans: 1 })
  const { exitCode, stderr } = await backset(['list', '--plan', 'x'], undefined, { env: { BACKSET_ENDPOINT: emulator.url } })
  expect(exitCode).toBe(3)
  expect(stderr).toContain('ALIBABA_CLOUD_ACCESS_KEY_ID')
  expect(emulator.requestCount).toBe(0)
})
