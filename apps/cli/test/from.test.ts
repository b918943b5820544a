import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startEmulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import { backset } from './backset.js'
import { tempFolder } from './temp-folder.js'

const task = (id: string, fields: object = {}) => ({
  backupSetDownloadTaskId: id,
  backupSetDownloadStatus: 'finish',
  state: 'done',
  ...fields,
})
const lines = (...rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

async function saved(text: string, name = 'tasks.ndjson') {
  const folder = await tempFolder({ [name]: text })
  return { file: join(folder.path, name), [Symbol.asyncDispose]: folder[Symbol.asyncDispose] }
}

test.each(['json', 'ndjson'])('a saved %s list is printed as DBS would have it', async (format) => {
  await using emulator = await startEmulator({ tasks: 120, plans: 1 })
  await using folder = await tempFolder()
  const file = join(folder.path, 'tasks')
  const [planId = ''] = emulator.world.planIds
  expect((await backset(['list', '--plan', planId, '-o', format, '--out', file, '--show-links'], emulator)).exitCode).toBe(0)
  const questions = [
    ['-o', 'json'],
    ['-o', 'table', '--columns', 'id,size,created', '--sort', '-size,id'],
    ['-o', 'csv', '--status', 'finish', '--limit', '7'],
    ['-o', 'id', '--sort', '-createTime', '--limit', '3'],
    ['-o', 'ndjson', '--query', 'backupSetDownloadTaskId'],
  ]
  for (const question of questions) {
    const live = await backset(['list', '--plan', planId, ...question], emulator)
    const asked = emulator.requests.length
    const offlineAnswer = await backset(['list', '--from', file, ...question], emulator)
    expect(offlineAnswer).toEqual({ ...live, stderr: '' })
    expect(emulator.requests.length).toBe(asked)
  }
})

test('neither keys nor region nor network are needed', async () => {
  await using exported = await saved(lines(task('a'), task('b')))
  expect(await backset(['list', '--from', exported.file, '-o', 'id'])).toEqual({ exitCode: 0, stdout: 'a\nb\n', stderr: '' })
  expect((await backset(['get', 'b', '--from', exported.file, '--query', 'backupSetDownloadTaskId'])).stdout).toBe('"b"\n')
})

test('sizes beyond 2^53 are printed and compared exactly', async () => {
  await using exported = await saved(
    '{"backupSetDownloadTaskId":"a","backupSetDataSize":9007199254740993}\n{"backupSetDownloadTaskId":"b","backupSetDataSize":9007199254740992}\n',
  )
  const { stdout } = await backset(['list', '--from', exported.file, '-o', 'ndjson', '--sort', 'size', '--columns', 'id,size'])
  expect(stdout).toBe(
    '{"backupSetDownloadTaskId":"b","backupSetDataSize":9007199254740992}\n{"backupSetDownloadTaskId":"a","backupSetDataSize":9007199254740993}\n',
  )
})

test('plans and tasks choose among the rows', async () => {
  await using exported = await saved(
    lines(task('a', { backupPlanId: 'dbs1' }), task('b', { backupPlanId: '1' }), task('c', { backupPlanId: 'dbs2' })),
  )
  expect((await backset(['list', '--from', exported.file, '--plan', 'dbs1', '-o', 'id'])).stdout).toBe('a\nb\n')
  expect((await backset(['list', '--from', exported.file, '--plan', 'dbs1', '--task', 'b,c', '-o', 'id'])).stdout).toBe('b\n')
})

test('- reads stdin', async () => {
  const options = { stdin: lines(task('a'), task('b')) }
  expect((await backset(['list', '--from', '-', '-o', 'id', '--limit', '1'], undefined, options)).stdout).toBe('a\n')
  expect((await backset(['get', 'b', '--from', '-', '-o', 'id'], undefined, options)).stdout).toBe('b\n')
})

test('a row of a few columns gets the state of its status', async () => {
  await using exported = await saved(lines({ backupSetDownloadTaskId: 'a', backupSetDownloadStatus: 'stop' }))
  expect((await backset(['list', '--from', exported.file, '--status', 'failed', '-o', 'id'])).stdout).toBe('a\n')
})

test('links of an export are masked', async () => {
  const link = 'https://files.example.invalid/a.tar.gz?Signature=canary'
  await using exported = await saved(lines(task('a', { backupSetDownloadInternetUrl: link })))
  for (const format of ['json', 'csv', 'table', 'yaml'])
    expect((await backset(['list', '--from', exported.file, '-o', format])).stdout).not.toContain('canary')
  expect((await backset(['list', '--from', exported.file, '--show-links'])).stdout).toContain('canary')
})

test.each([
  [lines(task('a'), {}), 'The export holds no download task at line 2: backupSetDownloadTaskId: '],
  ['{"backupSetDownloadTaskId":"a"}\n{"backup\n', 'Line 2 of the export is no JSON.'],
  [JSON.stringify([task('a'), 7]), 'The export holds no download task at row 2: '],
  [JSON.stringify(task('a', { backupSetDataSize: 1.5 })), 'at line 1: backupSetDataSize: '],
])('what is no task is told by its place', async (text, message) => {
  await using exported = await saved(text)
  const { exitCode, stderr } = await backset(['list', '--from', exported.file, '-o', 'json'])
  expect(exitCode).toBe(2)
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'invalid-input', message: expect.stringContaining(message) as unknown } })
})

test('an export that cannot be read, and a task it does not hold, are told', async () => {
  await using exported = await saved(lines(task('a')))
  expect((await backset(['list', '--from', `${exported.file}.no`])).exitCode).toBe(2)
  const { exitCode, stderr } = await backset(['get', 'b', '--from', exported.file])
  expect({ exitCode, stderr }).toEqual({
    exitCode: 4,
    stderr: expect.stringContaining('The export holds no download task "b".') as unknown,
  })
})

test.each([
  ['list', '--cursor', 'x'],
  ['list', '--page-num', '0'],
  ['list', '--dry-run'],
  ['get', 'a', '--dry-run'],
])('what asks DBS does not go with --from: %s %s', async (...argv) => {
  const { exitCode, stderr } = await backset([...argv, '--from', 'nowhere'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('it does not go with --') as unknown })
})

test('a terminal is told that DBS was not asked', async () => {
  await using exported = await saved(lines(task('a'), task('b', { backupSetDownloadStatus: 'stop', state: 'failed' })))
  const { stderr } = await backset(['list', '--from', exported.file, '--status', 'failed'], undefined, { terminal: 80 })
  expect(stderr).toBe(`saved: 2 tasks of ${exported.file}, 1 matched; DBS was not asked\n`)
  const piped = await backset(['list', '--from', exported.file, '-v', '-o', 'json'])
  expect(JSON.parse(piped.stderr)).toEqual({ saved: { from: exported.file, rows: 2, matched: 2 } })
})

test('--out may replace the export that is read', async () => {
  await using exported = await saved(lines(task('a'), task('b')))
  expect((await backset(['list', '--from', exported.file, '-o', 'id', '--out', exported.file])).exitCode).toBe(0)
  expect(await readFile(exported.file, 'utf8')).toBe('a\nb\n')
})

test('--fail-if counts the tasks that matched', async () => {
  await using exported = await saved(lines(task('a')))
  expect((await backset(['list', '--from', exported.file, '--fail-if', 'any'])).exitCode).toBe(10)
})

test.each([
  [['--status', 'failed'], 'backupSetDownloadStatus'],
  [['--since', '7d'], 'backupSetDownloadCreateTime'],
  [['--plan', 'dbs1'], 'backupPlanId'],
])('an export that has not what %j asks for is refused', async (question, field) => {
  await using emulator = await startEmulator({ tasks: 1 })
  await using there = await saved(
    lines({ backupSetDownloadTaskId: 'a', backupSetDataSize: 1 }, { backupSetDownloadTaskId: 'b', backupSetDataSize: 2 }),
  )
  const { exitCode, stdout, stderr } = await backset(['list', '--from', there.file, ...question, '--fail-if', 'any', '-o', 'id'], emulator)
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr).toContain(`no row has ${field}`)
})
