import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { startEmulator } from '@backset/emulator'
import { describe, expect, test } from 'vitest'
import { backset, lastJsonLine } from './backset.js'
import { hurriedClock } from './hurried-clock.js'
import { fetchableIds, idOfTask, inStatus, planOf } from './tasks-of.js'
import { tempFolder } from './temp-folder.js'

const emulatorOf = (bytes = 50_000) => startEmulator({ tasks: 60, plans: 1, scenario: { files: { bytes } } })
const rowsOf = (stdout: string) => JSON.parse(stdout) as { taskId: string; file: string; sha256: string; alreadyThere: boolean }[]
const codesOf = (stderr: string): readonly string[] =>
  stderr
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { error: { code: string } }).error.code)

const isByGateway = (row: Readonly<Record<string, unknown>>): boolean =>
  row['BackupSetDownloadWay'] === 'auto' && row['BackupSetDownloadStatus'] === 'finish'

describe('a fetch', () => {
  test('brings a file to disk, and says what it is', async () => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder()
    const [id = ''] = fetchableIds(emulator)
    const { exitCode, stdout, stderr } = await backset(['fetch', id, '-d', 'new/backups', '-o', 'json'], emulator, { cwd: folder.path })
    const file = join(folder.path, 'new/backups', `${id}.tar.gz`)
    const sha256 = createHash('sha256')
      .update(await readFile(file))
      .digest('hex')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(rowsOf(stdout)).toEqual([{ taskId: id, file, bytes: 50_000, sha256, resumedFrom: 0, alreadyThere: false }])
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await readdir(join(folder.path, 'new/backups'))).toSorted()).toEqual([`${id}.tar.gz`, `${id}.tar.gz.manifest.json`])
  })

  test('says of a file that is there that it is, and asks nothing', async () => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder()
    const [id = ''] = fetchableIds(emulator)
    const argv = ['fetch', id, '-o', 'json']
    await backset(argv, emulator, { cwd: folder.path })
    const asked = emulator.requestCount
    expect(rowsOf((await backset(argv, emulator, { cwd: folder.path })).stdout)).toMatchObject([{ taskId: id, alreadyThere: true }])
    expect(emulator.requestCount).toBe(asked)
    expect(rowsOf((await backset([...argv, '--force'], emulator, { cwd: folder.path })).stdout)).toMatchObject([{ alreadyThere: false }])
  })

  test('takes ids from a pipe, each once', async () => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder()
    const [first = '', second = ''] = fetchableIds(emulator)
    const options = { cwd: folder.path, stdin: `${first}\r\n\n${second}\n${first}` }
    const { exitCode, stdout } = await backset(['fetch', '-', '-o', 'id'], emulator, options)
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${first}\n${second}\n` })
  })

  test.each([
    ['json', '[]\n'],
    ['ndjson', ''],
    ['id', ''],
  ])('of nothing is done at once, in %s', async (format, stdout) => {
    await using emulator = await emulatorOf()
    expect(await backset(['fetch', '-', '-o', format], emulator)).toEqual({ exitCode: 0, stdout, stderr: '' })
    expect(emulator.requestCount).toBe(0)
  })

  test('waits for a task when it is told to', async () => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder()
    emulator.play({ moves: { by: 'looks', step: 1, which: 'all', end: 'finish' }, files: { bytes: 1000 } })
    const row = emulator.world.newTask(planOf(emulator))
    emulator.world.tasksOf(planOf(emulator)).insert(0, row)
    const id = String(row['BackupSetDownloadTaskId'])
    const { exitCode, stdout } = await backset(['fetch', id, '--wait', '--interval', '10ms', '-o', 'json'], emulator, { cwd: folder.path })
    expect({ exitCode, rows: rowsOf(stdout) }).toMatchObject({ exitCode: 0, rows: [{ taskId: id, bytes: 1000 }] })
  })

  test('obeys --network', async () => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder()
    const [id = ''] = fetchableIds(emulator)
    for (const network of ['internet', 'intranet']) {
      await backset(['fetch', id, '--force', '--network', network], emulator, { cwd: folder.path })
      const manifest = JSON.parse(await readFile(join(folder.path, `${id}.tar.gz.manifest.json`), 'utf8')) as { network: string }
      expect(manifest.network).toBe(network)
    }
  })
})

describe('what cannot be fetched', () => {
  test('lies on a gateway, and the hint says on which', async () => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder()
    const id = idOfTask(emulator, isByGateway)
    const { exitCode, stdout, stderr } = await backset(['fetch', id, '-o', 'json'], emulator, { cwd: folder.path })
    expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' })
    const { BackupGatewayId: gateway, BackupSetDownloadDir: folderThere } = emulator.world.task(id) ?? {}
    expect(lastJsonLine(stderr)).toMatchObject({
      error: { code: 'not-found', hint: `Its file lies on the server of backup gateway ${String(gateway)}, in ${String(folderThere)}.` },
    })
    expect(await readdir(folder.path)).toEqual([])
  })

  test.each([
    { status: 'running', exit: 4, code: 'not-found', says: '--wait' },
    { status: 'pause', exit: 4, code: 'not-found', says: '--wait' },
    { status: 'stop', exit: 7, code: 'task-failed', says: 'create a new one' },
    { status: 'init', exit: 7, code: 'task-failed', says: 'create a new one' },
  ])('a task in $status is exit $exit', async ({ status, exit, code, says }) => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder()
    const argv = ['fetch', idOfTask(emulator, inStatus(status)), '-o', 'json']
    const { exitCode, stdout, stderr } = await backset(argv, emulator, { cwd: folder.path })
    expect({ exitCode, stdout }).toEqual({ exitCode: exit, stdout: '' })
    expect(lastJsonLine(stderr)).toMatchObject({ error: { code, hint: expect.stringContaining(says) as string } })
    expect(await readdir(folder.path)).toEqual([])
  })

  test('does not hold up the others, and the worst counts', async () => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder()
    const [first = '', second = ''] = fetchableIds(emulator)
    const ids = [first, idOfTask(emulator, inStatus('stop')), idOfTask(emulator, isByGateway), second]
    const { exitCode, stdout, stderr } = await backset(['fetch', ...ids, '-o', 'json'], emulator, { cwd: folder.path })
    expect({ exitCode, ids: rowsOf(stdout).map(({ taskId }) => taskId) }).toEqual({ exitCode: 7, ids: [first, second] })
    expect(codesOf(stderr)).toEqual(['task-failed', 'not-found'])
  })

  test('with refused keys nothing more is tried', async () => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder()
    const options = { cwd: folder.path, env: { ALIBABA_CLOUD_ACCESS_KEY_ID: 'nobody' } }
    expect(await backset(['fetch', 'urx1', 'urx2'], emulator, options)).toMatchObject({ exitCode: 3, stdout: '' })
    expect(emulator.requestCount).toBe(1)
  })

  test('a file that is not what was announced is exit 9', async () => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder()
    emulator.play({ files: { bytes: 50_000 }, rules: [{ action: 'GetFile', fault: { kind: 'wrong-checksum', which: 'crc64' } }] })
    const { exitCode, stderr } = await backset(['fetch', fetchableIds(emulator)[0] ?? ''], emulator, { cwd: folder.path })
    expect({ exitCode, files: await readdir(folder.path) }).toEqual({ exitCode: 9, files: [] })
    expect(stderr).toContain('code: wrong-file')
  })

  test('each of several failures names its task, and --max-attempts bounds the tries', async () => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder()
    emulator.play({ rules: [{ action: 'GetFile', fault: { kind: 'unavailable', status: 503 } }] })
    const ids = fetchableIds(emulator).slice(0, 2)
    const argv = ['fetch', ids.join(','), '-o', 'json', '--max-attempts', '2', '--connections', '1']
    const { exitCode, stderr } = await backset(argv, emulator, { cwd: folder.path, random: () => 0 })
    expect(exitCode).toBe(1)
    const errors = stderr
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { error: { message: string; attempts: number } }).error)
    expect(errors.map(({ attempts }) => attempts)).toEqual([2, 2])
    for (const [at, id] of ids.entries()) expect(errors[at]?.message).toContain(`Task ${id}: `)
    expect(emulator.requests.filter(({ action }) => action === 'GetFile')).toHaveLength(4)
  })

  test('has no second more than its --timeout', async () => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder()
    emulator.play({ files: { bytes: 5_000_000, bytesPerSecond: 2_000_000 } })
    const argv = ['fetch', fetchableIds(emulator)[0] ?? '', '--timeout', '1s', '--connections', '1', '-o', 'json']
    const { exitCode, stdout, stderr } = await backset(argv, emulator, { cwd: folder.path })
    expect({ exitCode, stdout, codes: codesOf(stderr) }).toEqual({ exitCode: 6, stdout: '', codes: ['timed-out'] })
  })

  test('no error quotes a link', async () => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder()
    emulator.play({ rules: [{ action: 'GetFile', fault: { kind: 'refuse', status: 403, code: 'AccessDenied' } }] })
    const argv = ['fetch', fetchableIds(emulator)[0] ?? '', '--debug']
    const { stdout, stderr } = await backset(argv, emulator, { cwd: folder.path, random: () => 0 })
    expect(stderr).toContain('link-expired')
    expect(stdout + stderr).not.toMatch(/Signature=(?!\*\*\*)|OSSAccessKeyId|Expires=/)
  })

  test('a fetch that is too slow for its time is exit 6, and can go on', async () => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder()
    emulator.play({ files: { bytes: 3_000_000, bytesPerSecond: 100_000 } })
    const [id = ''] = fetchableIds(emulator)
    const slow = await backset(['fetch', id, '--timeout', '5s', '-o', 'json', '--attempt-timeout', '10m'], emulator, {
      cwd: folder.path,
      clock: hurriedClock(20),
    })
    expect({ exitCode: slow.exitCode, stdout: slow.stdout }).toEqual({ exitCode: 6, stdout: '' })
    emulator.play({ files: { bytes: 3_000_000 } })
    expect((await backset(['fetch', id], emulator, { cwd: folder.path })).exitCode).toBe(0)
  })
})

test.each([
  { argv: [], says: 'needs TASK_ID… | -' },
  { argv: ['x', '--connections', '33'], says: '--connections is "33", but takes a whole number from 1 to 32.' },
  { argv: ['x', '--network', 'vpc'], says: '--network is "vpc"' },
  { argv: ['x', '--interval', 'soon'], says: '--interval is "soon"' },
])('fetch $argv is refused, unsent', async ({ argv, says }) => {
  await using emulator = await emulatorOf()
  const { exitCode, stdout, stderr } = await backset(['fetch', ...argv], emulator)
  expect({ exitCode, stdout, requests: emulator.requestCount }).toEqual({ exitCode: 2, stdout: '', requests: 0 })
  expect(stderr).toContain(says)
})

describe('on a terminal', () => {
  test('it shows how far the file is, then the table alone', async () => {
    await using emulator = await emulatorOf(2_000_000)
    await using folder = await tempFolder()
    const [id = ''] = fetchableIds(emulator)
    emulator.play({ files: { bytes: 2_000_000, bytesPerSecond: 3_000_000 } })
    const options = { cwd: folder.path, terminal: 120, env: { NO_COLOR: '1' } }
    const { exitCode, stdout, stderr } = await backset(['fetch', id], emulator, options)
    expect(exitCode).toBe(0)
    expect(stderr).toMatch(new RegExp(`${id}  \\d+%  [\\d.]+ [KM]iB of 1\\.9 MiB`))
    expect(stderr.endsWith('\r\u001B[J')).toBe(true)
    expect(stdout.split('\n')[0]?.split(/ {2,}/)).toEqual(['TASK', 'FILE', 'SIZE', 'SHA-256', 'RESUMED FROM', 'ALREADY THERE'])
  })

  test('nothing of it stands in a pipe', async () => {
    await using emulator = await emulatorOf()
    await using folder = await tempFolder()
    expect((await backset(['fetch', fetchableIds(emulator)[0] ?? ''], emulator, { cwd: folder.path })).stderr).toBe('')
  })
})
