import { existsSync } from 'node:fs'
import { systemClock } from '@backset/core'
import { startEmulator, type Emulator } from '@backset/emulator'
import { describe, expect, test } from 'vitest'
import { backset, lastJsonLine } from './backset.js'
import { planOf } from './tasks-of.js'
import { tempFolder } from './temp-folder.js'

/** Tasks that are created finish when they have been looked at a few times. */
const emulatorOf = (end: 'finish' | 'stop' = 'finish') =>
  startEmulator({ tasks: 3, plans: 1, scenario: { moves: { by: 'looks', step: 1, end, which: 'created' }, files: { bytes: 1000 } } })

const fullSet = ({ world }: Emulator, index = 1): string => world.ids.write({ kind: 'full-set', plan: 0, index })
const increment = ({ world }: Emulator) => [
  '--job',
  world.ids.write({ kind: 'increment-job', plan: 0, index: 0 }),
  '--log-file',
  'mysql-bin.000054',
]
const creates = ({ requests }: Emulator) => requests.filter(({ action }) => action.startsWith('Create'))
const chance = { random: () => 0.5 }
const token = `backset-${'80000000'.repeat(4)}`

describe('a create', () => {
  test('of a full backup prints the task and its token', async () => {
    await using emulator = await emulatorOf()
    const { exitCode, stdout, stderr } = await backset(['create', 'full', '--backup-set', fullSet(emulator)], emulator, chance)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const created = JSON.parse(stdout) as { backupSetDownloadTaskId: string }
    expect(created).toEqual({ backupSetDownloadTaskId: expect.stringMatching(/^urx/) as string, clientToken: token })
    expect(emulator.world.task(created.backupSetDownloadTaskId)).toMatchObject({
      BackupSetId: fullSet(emulator),
      BackupSetDataFormat: 'CSV',
    })
    expect(creates(emulator)).toMatchObject([{ parameters: { ClientToken: token } }])
  })

  test('of an increment backup names job and log file as the wire wants them', async () => {
    await using emulator = await emulatorOf()
    const { stdout } = await backset(['create', 'increment', ...increment(emulator), '--data-format', 'sql', '-o', 'id'], emulator)
    const [, job, , file] = increment(emulator)
    expect(creates(emulator)).toMatchObject([{ parameters: { BackupSetId: job, BackupSetName: file, BackupSetDataFormat: 'SQL' } }])
    expect(emulator.world.task(stdout.trim())).toMatchObject({ BackupSetCode: file })
  })

  test('with the same token makes the same task', async () => {
    await using emulator = await emulatorOf()
    const argv = ['create', 'full', '--backup-set', fullSet(emulator), '--client-token', 'nightly-1', '-o', 'id']
    const [first, second] = [await backset(argv, emulator), await backset(argv, emulator)]
    expect(second).toEqual(first)
    expect(emulator.world.tasksOf(planOf(emulator)).length).toBe(4)
  })

  test('is a table on a terminal', async () => {
    await using emulator = await emulatorOf()
    const argv = ['create', 'full', '--backup-set', fullSet(emulator)]
    const { stdout } = await backset(argv, emulator, { ...chance, terminal: 100, env: { NO_COLOR: '1' } })
    expect(stdout).toMatch(new RegExp(`^TASK {2,}CLIENT TOKEN\nurx\\w+ {2,}${token}\n$`))
  })
})

describe('the latest backup of a plan', () => {
  test('is the newest that is done: one under way is none', async () => {
    await using emulator = await emulatorOf()
    await backset(['create', 'full', '--plan', planOf(emulator), '--latest'], emulator)
    expect(creates(emulator)).toMatchObject([{ parameters: { BackupSetId: fullSet(emulator, 1) } }])
  })

  test('is no expired one', async () => {
    const clock = { ...systemClock, now: () => Date.UTC(2040, 0, 1) }
    await using emulator = await startEmulator({ tasks: 3, plans: 1, now: clock.now })
    const argv = ['create', 'full', '--plan', planOf(emulator), '--latest', '-o', 'json']
    const { exitCode, stdout, stderr } = await backset(argv, emulator, { clock })
    expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' })
    expect(lastJsonLine(stderr)).toMatchObject({ error: { message: expect.stringContaining('of 36, none is done and kept') as string } })
    expect(creates(emulator)).toEqual([])
  })

  test('of a plan that is not there is exit 4', async () => {
    await using emulator = await emulatorOf()
    expect(await backset(['create', 'full', '--plan', 'dbsnosuch', '--latest'], emulator)).toMatchObject({ exitCode: 4, stdout: '' })
  })
})

describe('with --wait', () => {
  test('the task is printed when it has finished', async () => {
    await using emulator = await emulatorOf()
    const argv = ['create', 'full', '--backup-set', fullSet(emulator), '--wait', '--interval', '10ms']
    const { exitCode, stdout, stderr } = await backset(argv, emulator)
    expect({ exitCode, stderr, task: JSON.parse(stdout) as unknown }).toMatchObject({
      exitCode: 0,
      stderr: '',
      task: { backupSetDownloadStatus: 'finish', state: 'done' },
    })
  })

  test.each([
    { end: 'stop', timeout: '2h', exit: 7, code: 'task-failed' },
    { end: 'finish', timeout: '300ms', exit: 6, code: 'timed-out' },
  ] as const)('a wait that ends as $code prints the task, and tells its token', async ({ end, timeout, exit, code }) => {
    await using emulator = await emulatorOf(end)
    const interval = code === 'timed-out' ? '10m' : '10ms'
    const argv = ['create', 'full', '--backup-set', fullSet(emulator), '--wait', '--timeout', timeout, '--interval', interval, '-o', 'json']
    const { exitCode, stdout, stderr } = await backset(argv, emulator, chance)
    const { backupSetDownloadTaskId: id } = JSON.parse(stdout) as { backupSetDownloadTaskId: string }
    expect(exitCode).toBe(exit)
    const hint = expect.stringContaining(`Task ${id} was created with --client-token ${token}`) as string
    expect(lastJsonLine(stderr)).toMatchObject({ error: { code, hint } })
  })
})

describe('with --fetch', () => {
  test('the file is brought to disk, and a second run finds it there', async () => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder()
    const argv = [
      'create',
      'full',
      '--plan',
      planOf(emulator),
      '--latest',
      '--fetch',
      'backups',
      '--interval',
      '10ms',
      '--client-token',
      'one',
    ]
    const first = await backset(argv, emulator, { cwd: folder.path })
    const rows = JSON.parse(first.stdout) as { taskId: string; file: string; alreadyThere: boolean }[]
    expect({ ...first, stdout: rows }).toMatchObject({ exitCode: 0, stderr: '', stdout: [{ bytes: 1000, alreadyThere: false }] })
    expect(rows[0]?.file).toBe(`${folder.path}/backups/${rows[0]?.taskId}.tar.gz`)
    const second = await backset(argv, emulator, { cwd: folder.path })
    expect(JSON.parse(second.stdout)).toEqual([{ ...rows[0], alreadyThere: true }])
  })

  test('a task that fails is exit 7, with its token in the hint, and no file', async () => {
    await using emulator = await emulatorOf('stop')
    await using folder = await tempFolder()
    const argv = ['create', 'increment', ...increment(emulator), '--fetch', '.', '--interval', '10ms', '-o', 'json']
    const { exitCode, stdout, stderr } = await backset(argv, emulator, { ...chance, cwd: folder.path })
    expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: '' })
    expect(lastJsonLine(stderr)).toMatchObject({ error: { hint: expect.stringContaining(`--client-token ${token}`) as string } })
    expect(existsSync(`${folder.path}/backups`)).toBe(false)
  })
})

describe('a create that fails', () => {
  test.each(['json', 'table'])('tells its token, in %s', async (format) => {
    await using emulator = await emulatorOf()
    emulator.play({ rules: [{ fault: { kind: 'reset' } }] })
    const argv = ['create', 'full', '--backup-set', fullSet(emulator), '-o', format]
    const { exitCode, stdout, stderr } = await backset(argv, emulator, { random: () => 0 })
    expect({ exitCode, stdout }).toEqual({ exitCode: 8, stdout: '' })
    const given = `backset-${'0'.repeat(32)}`
    expect(stderr).toContain(`If you try again, give --client-token ${given}: then no second task is made.`)
    expect(new Set(creates(emulator).map(({ parameters }) => parameters['ClientToken']))).toEqual(new Set([given]))
    emulator.play(undefined)
    await backset([...argv, '--client-token', given], emulator)
    expect(emulator.world.tasksOf(planOf(emulator)).length).toBe(4)
  })

  test('before its file could lie anywhere makes no task', async () => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder({ taken: 'a file' })
    const argv = ['create', 'full', '--backup-set', fullSet(emulator), '--fetch', 'taken/inner', '-o', 'json']
    const { exitCode, stderr } = await backset(argv, emulator, { cwd: folder.path })
    expect({ exitCode, creates: creates(emulator) }).toEqual({ exitCode: 2, creates: [] })
    expect(lastJsonLine(stderr)).toMatchObject({ error: { code: 'cannot-write' } })
  })

  test('after its task is made tells the token, though the command line is at fault', async () => {
    await using emulator = await emulatorOf()
    const argv = ['create', 'full', '--backup-set', fullSet(emulator), '--query', 'abs(`"x"`)', '-o', 'json']
    const { exitCode, stderr } = await backset(argv, emulator, chance)
    expect({ exitCode, creates: creates(emulator).length }).toEqual({ exitCode: 2, creates: 1 })
    expect(stderr).toContain(`was created with --client-token ${token}`)
  })

  test.each([
    { argv: ['full'], says: '--backup-set ID, or --plan ID --latest' },
    { argv: ['full', '--plan', 'x'], says: '--plan goes with --latest alone' },
    { argv: ['full', '--backup-set', 'x', '--plan', 'y', '--latest'], says: 'needs one full backup' },
    { argv: ['full', '--backup-set', 'x', '--client-token', 'é'], says: '--client-token must have 1 to 64 ASCII characters' },
    { argv: ['full', '--backup-set', 'x', '--connections', '2'], says: '--connections goes with --fetch alone' },
    { argv: ['full', '--backup-set', 'x', '--wait', '--columns', 'nosuch'], says: 'A task has no field "nosuch"' },
    { argv: ['increment', '--job', 'x'], says: '--job ID --log-file NAME' },
    { argv: [], says: 'backset create is not all: it needs full or increment' },
    { argv: ['half'], says: 'There is no command "half"' },
  ])('create $argv is refused, unsent', async ({ argv, says }) => {
    await using emulator = await emulatorOf()
    const { exitCode, stdout, stderr } = await backset(['create', ...argv], emulator)
    expect({ exitCode, stdout, requests: emulator.requestCount }).toEqual({ exitCode: 2, stdout: '', requests: 0 })
    expect(stderr).toContain(says)
    expect(stderr).not.toContain('If you try again')
  })
})

describe('a dry run sends nothing', () => {
  test.each([
    {
      argv: ['create', 'full', '--backup-set', 'x'],
      shows: 'CreateFullBackupSetDownload',
      call: 'send(createFullBackupSetDownload, { backupSetId: "x"',
    },
    { argv: ['create', 'full', '--plan', 'x', '--latest'], shows: 'DescribeBackupPlanList', call: 'send(describeBackupPlanList, {' },
    {
      argv: ['create', 'increment', '--job', 'x', '--log-file', 'y'],
      shows: 'CreateIncrementBackupSetDownload',
      call: 'send(createIncrementBackupSetDownload, { jobId: "x", logFile: "y"',
    },
    { argv: ['backups', 'full', '--plan', 'x'], shows: 'DescribeFullBackupList', call: 'send(describeFullBackupList, { backupPlanId: "x"' },
    { argv: ['backups', 'increment', '--plan', 'x'], shows: 'DescribeIncrementBackupList', call: 'send(describeIncrementBackupList' },
    { argv: ['wait', 'x', 'y'], shows: 'DescribeBackupSetDownloadTaskList', call: '{ backupSetDownloadTaskId: "x"' },
    { argv: ['fetch', 'x'], shows: 'DescribeBackupSetDownloadTaskList', call: '{ backupSetDownloadTaskId: "x"' },
  ])('of backset $argv', async ({ argv, shows, call }) => {
    const where = ['--region', 'cn-hangzhou']
    for (const form of ['', '=curl', '=ts']) {
      const { exitCode, stdout, stderr } = await backset([...argv, ...where, `--dry-run${form}`])
      expect({ exitCode, stderr, stdout }).toEqual({
        exitCode: 0,
        stderr: '',
        stdout: expect.stringContaining(form === '=ts' ? call : shows) as string,
      })
    }
  })
})
