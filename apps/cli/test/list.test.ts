import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmulator } from '@backset/emulator'
import { describe, expect, test } from 'vitest'
import type { Sink } from '../src/output/sink.js'
import { backset, lastJsonLine } from './backset.js'

const idsIn = (json: string): string[] =>
  (JSON.parse(json) as { backupSetDownloadTaskId: string }[]).map(({ backupSetDownloadTaskId: id }) => id)

const ways = ['v3', 'v1'].flatMap((signature) =>
  ['post', 'get'].flatMap((method) => ['json', 'xml'].map((wire) => ({ signature, method, wire }))),
)

test.each(ways)('every task comes once over $signature $method $wire', async ({ signature, method, wire }) => {
  await using emulator = await startEmulator({ tasks: 250, plans: 1 })
  const [plan = ''] = emulator.world.planIds
  const { exitCode, stdout, stderr } = await backset(
    ['list', '--plan', plan, '-o', 'json', '-v', '--signature', signature, '--method', method, '--wire', wire],
    emulator,
  )
  expect({ exitCode, ids: idsIn(stdout) }).toEqual({ exitCode: 0, ids: emulator.world.tasksOf(plan).ids() })
  expect(lastJsonLine(stderr)).toMatchObject({
    proof: { verdict: 'sealed', rows: 250, totalElements: 250, pages: 3, walks: 1, requests: 5 },
  })
})

test('JSON and XML tell the same of every field', async () => {
  await using emulator = await startEmulator({ tasks: 120, plans: 1 })
  const [plan = ''] = emulator.world.planIds
  const [json, xml] = await Promise.all(
    ['json', 'xml'].map((wire) => backset(['list', '--plan', plan, '--wire', wire, '--show-links', '-o', 'csv'], emulator)),
  )
  expect(xml?.stdout.replaceAll(/Signature=[^,\r\n]*/g, '')).toEqual(json?.stdout.replaceAll(/Signature=[^,\r\n]*/g, ''))
})

test('sizes and gateway ids keep every digit', async () => {
  await using emulator = await startEmulator({ tasks: 250, plans: 1 })
  const [plan = ''] = emulator.world.planIds
  const { stdout } = await backset(['list', '--plan', plan, '-o', 'ndjson'], emulator)
  const rows = emulator.world.tasksOf(plan).slice()
  const lines = stdout.trimEnd().split('\n')
  rows.forEach((row, at) => {
    expect(lines[at]).toContain(`"backupSetDataSize":${String(row['BackupSetDataSize'])}`)
    const gateway = row['BackupGatewayId']
    if (typeof gateway === 'bigint' && gateway !== 0n) expect(lines[at]).toContain(`"backupGatewayId":"${gateway}"`)
  })
  expect(rows.some((row) => (row['BackupSetDataSize'] as bigint) > 2n ** 53n)).toBe(true)
})

describe('what is printed', () => {
  test('a pipe gets one JSON document without being asked', async () => {
    await using emulator = await startEmulator({ tasks: 5, plans: 1 })
    const { stdout, stderr } = await backset(['list', '--plan', emulator.world.planIds[0] ?? ''], emulator)
    expect(idsIn(stdout)).toHaveLength(5)
    expect(stderr).toBe('')
  })

  test('a terminal gets a table that fits it', async () => {
    await using emulator = await startEmulator({ tasks: 40, plans: 1 })
    const { stdout, stderr } = await backset(['list', '--plan', emulator.world.planIds[0] ?? ''], emulator, {
      terminal: 90,
      env: { NO_COLOR: '1' },
    })
    expect(stdout).toContain('STATUS')
    // oxlint-disable-next-line no-control-regex -- none may reach the terminal
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F\u202A-\u202E\u2066-\u2069]/)
    expect(stderr).toContain('proof: sealed')
  })

  test('filter, sort, limit and columns work in that order', async () => {
    await using emulator = await startEmulator({ tasks: 250, plans: 1 })
    const argv = [
      'list',
      '--plan',
      emulator.world.planIds[0] ?? '',
      '--status',
      'done',
      '--sort',
      '-size',
      '--limit',
      '3',
      '--columns',
      'id,size',
      '-o',
      'json',
    ]
    const rows = JSON.parse((await backset(argv, emulator)).stdout) as { backupSetDataSize: number }[]
    expect(rows.map((row) => Object.keys(row))).toEqual(Array.from({ length: 3 }, () => ['backupSetDownloadTaskId', 'backupSetDataSize']))
    expect(rows.map(({ backupSetDataSize: size }) => size)).toEqual(
      rows.map(({ backupSetDataSize: size }) => size).toSorted((a, b) => b - a),
    )
  })

  test('a query sees all rows, or one in ndjson', async () => {
    await using emulator = await startEmulator({ tasks: 50, plans: 1 })
    const plan = emulator.world.planIds[0] ?? ''
    expect((await backset(['list', '--plan', plan, '--query', 'length(@)', '-o', 'json'], emulator)).stdout).toBe('50\n')
    const { stdout } = await backset(['list', '--plan', plan, '--query', 'state', '-o', 'ndjson'], emulator)
    expect(stdout.split('\n')).toHaveLength(51)
    expect(stdout).toMatch(/^"active"\n"failed"\n/)
  })

  test('links are masked unless they are asked for', async () => {
    await using emulator = await startEmulator({ tasks: 60, plans: 1 })
    const plan = emulator.world.planIds[0] ?? ''
    const { stdout } = await backset(['list', '--plan', plan, '-o', 'csv'], emulator)
    expect(stdout).toContain('?***')
    expect(stdout).not.toContain('Signature=')
    expect((await backset(['list', '--plan', plan, '-o', 'csv', '--show-links'], emulator)).stdout).toContain('Signature=')
  })

  test('a file appears whole, or not at all', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'backset-'))
    try {
      await using emulator = await startEmulator({ tasks: 250, plans: 1 })
      const plan = emulator.world.planIds[0] ?? ''
      const path = join(folder, 'tasks.csv')
      expect(await backset(['list', '--plan', plan, '-o', 'csv', '--out', path], emulator)).toMatchObject({ exitCode: 0, stdout: '' })
      const whole = await readFile(path, 'utf8')
      emulator.play({
        rules: [{ action: 'DescribeBackupSetDownloadTaskList', pageNum: 2, fault: { kind: 'refuse', code: 'Forbidden.RAM' } }],
      })
      expect((await backset(['list', '--plan', plan, '-o', 'csv', '--out', path], emulator)).exitCode).toBe(3)
      expect(await readFile(path, 'utf8')).toBe(whole)
      expect(await readdir(folder)).toEqual(['tasks.csv'])
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('one page is printed with its envelope', async () => {
    await using emulator = await startEmulator({ tasks: 250, plans: 1 })
    const { stdout } = await backset(
      ['list', '--plan', emulator.world.planIds[0] ?? '', '--page-num', '1', '--page-size', '30', '-o', 'json'],
      emulator,
    )
    const page = JSON.parse(stdout) as Record<string, unknown> & { items: unknown[] }
    expect(page).toMatchObject({ success: true, httpStatusCode: 200, pageNum: 1, pageSize: 30, totalElements: 250, totalPages: 9 })
    expect(page.items).toHaveLength(30)
  })

  test('words are taken in any capitals, unheard ones with a warning', async () => {
    await using emulator = await startEmulator({ tasks: 50, plans: 1 })
    const list = (...more: string[]) => backset(['list', '--plan', emulator.world.planIds[0] ?? '', '-o', 'id', ...more], emulator)
    const all = (await list()).stdout
    expect(await list('--way', 'Manual,AUTO', '--data-format', 'csv,native,Sql,json')).toEqual({ exitCode: 0, stdout: all, stderr: '' })
    expect(await list('--job-type', 'CBS_backup_sub_full,cbs_backup_sub_cont')).toEqual({ exitCode: 0, stdout: all, stderr: '' })
    expect(await list('--job-type', 'cbs_backup_sub_ful', '--db-type', 'PolarDB')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `backset: warning: --db-type "PolarDB" is no word that DBS documents; it is looked for all the same. Documented are MySQL, MSSQL, Oracle, MariaDB, PostgreSQL, DRDS, MongoDB, Redis, PPAS.
backset: warning: --job-type "cbs_backup_sub_ful" is no word that DBS documents; it is looked for all the same. Did you mean cbs_backup_sub_full?
`,
    })
  })

  test('--fail-if any ends with 10 when there is one', async () => {
    await using emulator = await startEmulator({ tasks: 50, plans: 1 })
    const plan = emulator.world.planIds[0] ?? ''
    const exit = async (...more: string[]) => (await backset(['list', '--plan', plan, '-o', 'id', ...more], emulator)).exitCode
    expect([await exit('--status', 'stop', '--fail-if', 'any'), await exit('--name', 'no-such', '--fail-if', 'any')]).toEqual([10, 0])
    expect([await exit('--status', 'stop', '--fail-if', 'none'), await exit('--name', 'no-such', '--fail-if', 'none')]).toEqual([0, 10])
  })
})

describe('several lists', () => {
  test('all plans are read, each task once', async () => {
    await using emulator = await startEmulator({ tasks: 120, plans: 3 })
    const { stdout } = await backset(['list', '--all-plans', '-o', 'id'], emulator)
    const ids = stdout.trimEnd().split('\n')
    expect(ids).toHaveLength(360)
    expect(new Set(ids).size).toBe(360)
  })

  test('a plan named twice, with and without its prefix, is one', async () => {
    await using emulator = await startEmulator({ tasks: 12, plans: 1 })
    const plan = emulator.world.planIds[0] ?? ''
    const { stdout } = await backset(['list', '--plan', `${plan},${plan.slice(3)}`, '-o', 'id'], emulator)
    expect(stdout.trimEnd().split('\n')).toHaveLength(12)
  })

  test('a cursor goes on where a failure stopped', async () => {
    await using emulator = await startEmulator({ tasks: 450, plans: 1 })
    const plan = emulator.world.planIds[0] ?? ''
    emulator.play({
      rules: [
        {
          action: 'DescribeBackupSetDownloadTaskList',
          pageNum: 3,
          fault: { kind: 'refuse', code: 'InvalidAccessKeyId.Inactive', status: 400 },
        },
      ],
    })
    const first = await backset(['list', '--plan', plan, '-o', 'ndjson', '--lookahead', '1'], emulator)
    expect(first.exitCode).toBe(3)
    const { error } = lastJsonLine(first.stderr) as { error: { cursor: string } }
    emulator.play(undefined)
    const rest = await backset(['list', '--plan', plan, '-o', 'ndjson', '--cursor', error.cursor, '-v'], emulator)
    const ids = `${first.stdout}${rest.stdout}`
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { backupSetDownloadTaskId: string }).backupSetDownloadTaskId)
    expect(ids).toEqual(emulator.world.tasksOf(plan).ids())
    expect(lastJsonLine(rest.stderr)).toMatchObject({ proof: { verdict: 'sealed', resumedFrom: error.cursor } })
  })
})

describe('a list that is not whole', () => {
  test('one that shows fewer than it says ends with 5', async () => {
    await using emulator = await startEmulator({ tasks: 150, plans: 1, scenario: { rules: [{ shape: { kind: 'extra-total', rows: 5 } }] } })
    const plan = emulator.world.planIds[0] ?? ''
    const { exitCode, stderr } = await backset(['list', '--plan', plan, '-o', 'ndjson'], emulator)
    expect(exitCode).toBe(5)
    expect(lastJsonLine(stderr)).toMatchObject({ error: { code: 'listing-incomplete' } })
    expect(stderr).toContain('"verdict":"short"')
    const allowed = await backset(['list', '--plan', plan, '-o', 'ndjson', '--allow-incomplete'], emulator)
    expect(allowed.exitCode).toBe(0)
    expect(allowed.stdout.trimEnd().split('\n')).toHaveLength(150)
    expect(allowed.stderr).toMatch(/warning: .*could not be proved/)
    expect(allowed.stderr).toContain('"verdict":"short"')
  })

  test('one that never stands still ends with 5', async () => {
    await using emulator = await startEmulator({
      tasks: 350,
      plans: 1,
      scenario: { rules: [{ action: 'DescribeBackupSetDownloadTaskList', every: 3, move: { change: 'grow', at: 'start' } }] },
    })
    const { exitCode, stderr } = await backset(['list', '--plan', emulator.world.planIds[0] ?? '', '-o', 'ndjson'], emulator)
    expect(exitCode).toBe(5)
    expect(stderr).toContain('"verdict":"moving"')
  })
})

test('the proof stands below all of the rows, where both go to one terminal', async () => {
  await using emulator = await startEmulator({ tasks: 3, plans: 1 })
  let text = ''
  const stdout: Sink = { isTTY: true, width: () => 100, write: async (more) => void (text += more) }
  await backset(['list', '--plan', emulator.world.planIds[0] ?? '', '-o', 'json', '-v'], emulator, { stdout, stderr: stdout })
  const end = text.indexOf('\n]\n') + 3
  expect(JSON.parse(text.slice(0, end))).toHaveLength(3)
  expect(text.slice(end)).toMatch(/^\{"proof":/)
})

test('who reads on a terminal and finds nothing is told that the plan may not be there', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 1 })
  const told = /`backset plans` shows those there are/
  expect((await backset(['list', '--plan', 'dbsnope'], emulator, { terminal: 100 })).stderr).toMatch(told)
  expect((await backset(['list', '--plan', 'dbsnope'], emulator)).stderr).toBe('')
  const filtered = await backset(['list', '--plan', emulator.world.planIds[0] ?? '', '--name', 'nothing'], emulator, { terminal: 100 })
  expect(filtered.stderr).not.toMatch(told)
})
