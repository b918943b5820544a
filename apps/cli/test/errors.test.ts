import { join } from 'node:path'
import { startEmulator } from '@backset/emulator'
import { describe, expect, test } from 'vitest'
import { backset } from './backset.js'
import { tempFolder } from './temp-folder.js'

// Error texts as people see them, word by word: a change of one is a decision.

const cases: readonly (readonly string[])[] = [
  ['lst'],
  ['--debug', 'list'],
  ['help', 'everything'],
  ['list'],
  ['list', '--plan', ''],
  ['list', '--plan'],
  ['list', '--plan', 'x', '--sttaus', 'finish'],
  ['list', '--plan', 'x', '--status', 'finnish'],
  ['list', '--plan', 'x', '--since', '1d', '--until', '2d'],
  ['list', '--plan', 'x', '--until', '2026-02-30'],
  ['list', '--plan', 'x', '--min-size', '10G'],
  ['list', '--plan', 'x', '--min-size', '2GiB', '--max-size', '1GiB'],
  ['list', '--plan', 'x', '--name', '[a'],
  ['list', '--plan', 'x', '--way', 'manaul'],
  ['list', '--plan', 'x', '--data-format', 'csv,xml'],
  ['list', '--plan', 'x', '--columns', 'siz'],
  ['list', '--plan', 'x', '--limit', '0'],
  ['list', '--plan', 'x', '--query', '[?'],
  ['list', '--plan', 'x', '--page-num', '0', '--status', 'finish', '--limit', '3'],
  ['list', '--plan', 'x', '--page-size', '31', '--lookahead', '0'],
  ['list', '--plan', 'x', '--out', '/no/such/folder/tasks.csv'],
  ['list', '--plan', 'x', '--reveal'],
  ['list', '--plan', 'x', '--region', 'cn-hangzhou,cn-beijing'],
  ['get'],
  ['completion', 'ksh'],
  ['create', 'full', '--plan', 'a', '--plan', 'b', '--latest'],
  ['create', 'full', '--plan', '--latest'],
  ['create', 'full', '--backup-set', 'a', '--interval', '1s'],
]

test.each(cases.map((argv) => ({ line: argv.map((word) => word || "''").join(' '), argv })))('backset $line', async ({ argv }) => {
  await using emulator = await startEmulator({ tasks: 1, plans: 1 })
  const { exitCode, stdout, stderr } = await backset(argv, emulator)
  expect({ exitCode, stdout, requests: emulator.requestCount }).toEqual({ exitCode: 2, stdout: '', requests: 0 })
  expect(stderr).toMatchSnapshot()
})

test.each([
  ['plans'],
  ['plans', '--region', 'cn-hangzhuo'],
  ['list', '--plan', 'x', '--region', 'cn-hangzhou', '--profile', 'nobody'],
  ['list', '--plan', 'x', '--endpoint', 'http://dbs.example'],
])('without an endpoint: backset %s %s %s %s %s', async (...argv) => {
  const { stderr, stdout } = await backset(argv, undefined, { homeDir: '/nowhere' })
  expect(stdout).toBe('')
  expect(stderr).toMatchSnapshot()
})

const steady = (text: string): string => text.replaceAll(/[0-9A-F]{8}-[0-9A-F-]{27}/g, 'REQUEST-ID')

test('DBS’s own refusals are told with their ids', async () => {
  await using emulator = await startEmulator({ tasks: 1, plans: 1 })
  emulator.play({ rules: [{ fault: { kind: 'refuse', code: 'Forbidden.RAM', accessDenied: true, message: 'Not you.' } }] })
  expect(steady((await backset(['list', '--plan', 'x'], emulator)).stderr)).toMatchSnapshot()
  expect(steady((await backset(['list', '--plan', 'x', '-o', 'json'], emulator)).stderr)).toMatchSnapshot()
})

test.each([
  { profile: 'prod', says: ['The keys came from: profile prod (AK).', 'Check the id in the profile (~/.aliyun/config.json)'], exit: 3 },
  { profile: 'prdo', says: ['There is no profile "prdo" in ~/.aliyun/config.json', 'Did you mean prod?'], exit: 3 },
  {
    profile: 'half',
    says: ['Profile "half" in ', '.aliyun/config.json has no access_key_secret', 'aliyun configure --profile half'],
    exit: 3,
  },
])('keys of the profile $profile are refused in its name', async ({ profile, says, exit }) => {
  await using emulator = await startEmulator({ tasks: 1, plans: 1 })
  const keys = { mode: 'AK', access_key_id: 'nobody' }
  const profiles = [
    { name: 'prod', ...keys, access_key_secret: 'none' },
    { name: 'half', ...keys },
  ]
  await using home = await tempFolder({ '.aliyun/config.json': JSON.stringify({ current: 'prod', profiles }) })
  const { exitCode, stderr } = await backset(['list', '--plan', 'x', '--profile', profile], undefined, {
    homeDir: home.path,
    env: { BACKSET_ENDPOINT: emulator.url },
  })
  expect(exitCode).toBe(exit)
  for (const words of says) expect(stderr).toContain(words)
})

/** A list with a configuration file. */
async function listWith(yaml: string, ...more: string[]) {
  await using folder = await tempFolder({ 'backset.yaml': yaml })
  const path = join(folder.path, 'backset.yaml')
  await using emulator = await startEmulator({ tasks: 40, plans: 1 })
  const ran = await backset(['list', '--plan', emulator.world.planIds[0] ?? '', ...more], emulator, { env: { BACKSET_CONFIG: path } })
  return { ...ran, stderr: ran.stderr.replaceAll(folder.path, ''), requests: emulator.requests }
}

describe('the configuration file', () => {
  test('names every fault with its place', async () => {
    const { exitCode, stderr } = await listWith('pageSize: 31\nlokahead: 3\nmethod: put\n')
    expect(exitCode).toBe(2)
    expect(stderr).toMatchSnapshot()
  })

  test('that is no YAML says where', async () => {
    expect((await listWith('region: [a\n')).stderr).toMatchSnapshot()
  })

  test('is obeyed, and a flag goes before it', async () => {
    const { stdout, requests } = await listWith('pageSize: 30\noutput: id\nmethod: get\n', '--method', 'post')
    expect(stdout.trimEnd().split('\n')).toHaveLength(40)
    expect(requests[0]).toMatchObject({ method: 'POST', parameters: { PageSize: '30' } })
  })
})

test.each([
  [['get', 'a\u202Eb\u009B31m\u007F'], String.raw`a\u202eb\u009b31m\u007f`],
  [['list', '--plan', 'x', '--status', 'a\u202Eb'], String.raw`a\u202eb`],
  [['list', '--q\u001B[31mr'], String.raw`q\u001b[31mr`],
  [['list', '--plan', 'x', '--out', '/nope/q\u001B[31mr/x'], String.raw`q\u001b[31mr`],
  [['list', '--q\u001B[31mr\u202E', '-o', 'json'], String.raw`q\u001b[31mr\u202e`],
])('words of %j reach the terminal as text alone', async (argv, shown) => {
  await using emulator = await startEmulator({ tasks: 3, plans: 1 })
  const { stderr } = await backset(argv, emulator)
  expect(stderr).toContain(shown)
  // oxlint-disable-next-line no-control-regex -- none may reach a terminal
  expect(stderr).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/)
})
