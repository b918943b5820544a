import { startEmulator, type Emulator } from '@backset/emulator'
import { describe, expect, test } from 'vitest'
import { commonSettings, loadCommands } from '@backset/settings'
import { commands } from '../src/commands/index.js'
import { backset, lastJsonLine, type RunOptions } from './backset.js'

const planOf = ({ world }: Emulator): string => world.planIds[0] ?? ''
const escape = '\u001B['

async function list(argv: readonly string[], options: RunOptions = {}) {
  await using emulator = await startEmulator({ tasks: 30, plans: 1 })
  const { exitCode, stdout, stderr } = await backset(['list', '--plan', planOf(emulator), ...argv], emulator, options)
  expect({ exitCode, stderr: options.terminal === undefined ? stderr : '' }).toEqual({ exitCode: 0, stderr: '' })
  return stdout
}

describe('a query', () => {
  test('makes its own columns in CSV and tables', async () => {
    const query = ['--limit', '2', '--query', '[].{id: backupSetDownloadTaskId, size: backupSetDataSize}']
    const csv = (await list([...query, '-o', 'csv'])).trimEnd().split('\r\n')
    const table = (await list([...query, '-o', 'table'])).trimEnd().split('\n')
    expect(csv).toHaveLength(3)
    expect(csv[0]).toBe('id,size')
    expect(table.map((line) => line.trim().split(/ +/).join(','))).toEqual(['ID,SIZE', ...csv.slice(1)])
  })

  test.each([
    { query: 'sum([].state)', says: '--query cannot be applied', requests: 1 },
    { query: 'nosuch(@)', says: 'nosuch()', requests: 0 },
    { query: 'length()', says: 'takes 1 argument', requests: 0 },
  ])('that cannot be applied ($query) is a mistake of the command line', async ({ query, says, requests }) => {
    await using emulator = await startEmulator({ tasks: 30, plans: 1 })
    const { exitCode, stdout, stderr } = await backset(['list', '--plan', planOf(emulator), '--query', query, '-o', 'json'], emulator)
    expect({ exitCode, stdout, asked: emulator.requestCount > 0 }).toEqual({ exitCode: 2, stdout: '', asked: requests > 0 })
    expect(lastJsonLine(stderr)).toMatchObject({
      error: { code: 'invalid-input', message: expect.stringContaining(says) as string },
    })
  })

  test.each([
    ['json', '30\n'],
    ['yaml', '30\n'],
    ['csv', '30\r\n'],
    ['tsv', '30\n'],
    ['table', '30\n'],
    ['id', '30\n'],
  ])('that finds one value prints it bare in %s', async (format, text) => {
    expect(await list(['--query', 'length(@)', '-o', format])).toBe(text)
  })

  test('that finds one object prints it by itself', async () => {
    const query = ['--sort', 'id', '--query', '[0].{id: backupSetDownloadTaskId}']
    expect(JSON.parse(await list([...query, '-o', 'json']))).toEqual({ id: expect.stringMatching(/^urx/) as string })
    expect(await list([...query, '-o', 'yaml'])).toMatch(/^id: urx\w+\n$/)
    expect(await list([...query, '-o', 'csv'])).toMatch(/^id\r\nurx\w+\r\n$/)
    expect(await list(['--query', 'nosuch', '-o', 'json'])).toBe('null\n')
  })

  test('sees the chosen columns, sorted and limited', async () => {
    const argv = ['--columns', 'id', '--sort', 'id', '--limit', '3', '--query', '[].keys(@)', '-o', 'json']
    expect(JSON.parse(await list(argv))).toEqual(Array.from({ length: 3 }, () => ['backupSetDownloadTaskId']))
  })

  test('never sees what opens a link', async () => {
    expect(await list(['--query', '[].backupSetDownloadInternetUrl', '-o', 'json'])).not.toMatch(/Signature|Expires/)
  })
})

describe('columns', () => {
  test('come in the order asked, by short or full name', async () => {
    const rows = JSON.parse(await list(['--columns', 'size,backupSetDownloadTaskId', '-o', 'json'])) as object[]
    expect(Object.keys(rows[0] ?? {})).toEqual(['backupSetDataSize', 'backupSetDownloadTaskId'])
    expect((await list(['--columns', 'size', '--columns', 'id', '-o', 'csv'])).split('\r\n')[0]).toBe(
      'backupSetDataSize,backupSetDownloadTaskId',
    )
  })
})

describe('plans and regions', () => {
  test('plans are sorted, limited and cut to columns', async () => {
    await using emulator = await startEmulator({ tasks: 0, plans: 5 })
    const argv = ['plans', '--sort', '-backupPlanId', '--limit', '3', '--columns', 'backupPlanId', '-o', 'csv']
    const { stdout } = await backset(argv, emulator)
    const sorted = emulator.world.planIds.toSorted().toReversed()
    expect(stdout.trimEnd().split('\r\n')).toEqual(['backupPlanId', ...sorted.slice(0, 3)])
  })

  test('a plan can be told how it was proved', async () => {
    await using emulator = await startEmulator({ tasks: 0, plans: 5 })
    expect((await backset(['plans', '-v', '-o', 'id'], emulator)).stderr).toMatch(/^proof: sealed .* 5 of 5 rows/)
  })

  test.each([
    [['regions', '--limit', '1', '-o', 'id'], /^asked: http:\/\/127\.0\.0\.1:\d+; keys: .*environment.*\n$/],
    [['get', 'TASK', '-o', 'id'], /^asked: http/],
    [['regions', '-o', 'json'], /^\{"asked":\{"origin":"http/],
  ])('%j -v says who was asked', async (argv, says) => {
    await using emulator = await startEmulator({ tasks: 1, plans: 1 })
    const { stdout: id } = await backset(['list', '--plan', planOf(emulator), '-o', 'id'], emulator)
    const { exitCode, stderr } = await backset([...argv.map((word) => (word === 'TASK' ? id.trim() : word)), '-v'], emulator)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringMatching(says) as string })
  })

  test.each(['get', 'regions'])('%s refuses several regions', async (name) => {
    const { exitCode, stderr } = await backset([name, ...(name === 'get' ? ['x'] : []), '--region', 'cn-hangzhou,cn-beijing'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('asks one region, and 2 are named') as string })
  })

  test('every command that sends takes every common setting', async () => {
    const flags = Object.values(commonSettings).map(({ flag }) => flag)
    for (const [name, { options }] of await loadCommands(commands)) {
      if (['completion', 'policy', 'config explain'].includes(name)) continue
      const told = ['doctor', 'probe'].includes(name) ? [] : ['verbose'] // what those print says it anyway
      expect(Object.keys(options), name).toEqual(expect.arrayContaining([...flags, ...told, 'dry-run']))
    }
  })

  test('regions come with their hosts', async () => {
    await using emulator = await startEmulator({ plans: 1 })
    const { stdout } = await backset(['regions', '--limit', '1', '-o', 'json'], emulator)
    expect(JSON.parse(stdout)).toEqual([{ regionId: 'cn-hangzhou', endpoint: 'dbs-api.cn-hangzhou.aliyuncs.com' }])
  })
})

describe('the format', () => {
  test('is taken from BACKSET_OUTPUT, and a flag goes before it', async () => {
    const env = { BACKSET_OUTPUT: 'id' }
    expect(await list(['--limit', '1'], { env })).toMatch(/^urx\w+\n$/)
    expect(await list(['--limit', '1', '-ojson'], { env })).toMatch(/^\[\n/)
  })

  test('of errors follows BACKSET_OUTPUT too', async () => {
    const { stderr } = await backset(['list'], undefined, { env: { BACKSET_OUTPUT: 'ndjson', BACKSET_ENDPOINT: 'http://127.0.0.1:9' } })
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'invalid-input' } })
  })

  test('that is repeated is the last', async () => {
    expect(await list(['--limit', '1', '-o', 'csv', '-o', 'id'])).toMatch(/^urx\w+\n$/)
  })
})

describe('colours', () => {
  test.each([
    { env: {}, terminal: 120, coloured: true },
    { env: { NO_COLOR: '1' }, terminal: 120, coloured: false },
    { env: { TERM: 'dumb' }, terminal: 120, coloured: false },
    { env: { NO_COLOR: '1', FORCE_COLOR: '1' }, terminal: 120, coloured: true },
    { env: { FORCE_COLOR: '1' }, terminal: undefined, coloured: true },
    { env: {}, terminal: undefined, coloured: false },
  ])('with $env on $terminal: $coloured', async ({ env, terminal, coloured }) => {
    const stdout = await list(['-o', 'table'], { env, ...(terminal !== undefined && { terminal }) })
    expect(stdout.includes(escape)).toBe(coloured)
  })
})
