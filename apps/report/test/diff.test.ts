import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { DownloadTask } from '@backset/core'
import { allAtOnce, openFormat, taskRows, type FormatName } from '@backset/formats'
import { expect, test } from 'vitest'
import { backsetReport } from './command-line.js'
import { tempFolder } from './temp-folder.js'

const statusOf = { active: 'running', done: 'finish', failed: 'stop', suspended: 'suspend', unknown: 'odd' } as const
const task = (id: string, state: DownloadTask['state'], fields: Partial<DownloadTask> = {}): DownloadTask => ({
  backupSetDownloadTaskId: id,
  backupSetDownloadStatus: statusOf[state],
  backupSetDataSize: '9007199254740993',
  backupSetDownloadTaskName: '=每周, "导出"\n第二行',
  state,
  ...fields,
})

const old = [
  task('same', 'done'),
  task('finishes', 'active'),
  task('fails', 'active'),
  task('grows', 'active', { backupSetDataSize: 1 }),
  task('lost', 'done'),
]
const later = [
  task('grows', 'active', { backupSetDataSize: '9007199254740995' }),
  task('fails', 'failed', { errMessage: 'no space' }),
  task('new', 'done'),
  task('finishes', 'done'),
  task('same', 'done', { backupSetDownloadInternetUrl: 'https://h.example/f' }),
]

type Columns = readonly string[] | undefined
async function put(folder: string, name: string, rows: readonly DownloadTask[], columns?: Columns, excel = false): Promise<void> {
  const [, format = '', gz] = /\.(\w+)(\.gz)?$/.exec(name) ?? []
  let text = ''
  const options = { kind: taskRows, ...(columns !== undefined && { columns }), excel, formulas: 'escape' as const }
  for await (const piece of (await openFormat(format as FormatName, options))(allAtOnce(rows))) text += piece
  await writeFile(join(folder, name), gz === undefined ? text : gzipSync(text))
}

interface Diff {
  readonly created: readonly DownloadTask[]
  readonly changed: readonly DownloadTask[]
  readonly finished: readonly DownloadTask[]
  readonly failed: readonly DownloadTask[]
  readonly gone: readonly DownloadTask[]
}
const ids = (diff: Diff) =>
  Object.fromEntries(
    Object.entries(diff as unknown as Record<string, DownloadTask[]>).map(([name, all]) => [
      name,
      all.map((one) => one.backupSetDownloadTaskId),
    ]),
  )

test.each([
  ['csv', 'csv'],
  ['json', 'json'],
  ['ndjson', 'ndjson'],
  ['ndjson.gz', 'csv.gz'],
  ['csv', 'json'],
])('%s and %s tell the same changes, with every digit', async (one, other) => {
  await using folder = await tempFolder()
  await put(folder.path, `old.${one}`, old)
  await put(folder.path, `new.${other}`, later)
  const { exitCode, stdout, stderr } = await backsetReport(['diff', `old.${one}`, `new.${other}`], { cwd: folder.path })
  expect([exitCode, stderr]).toEqual([0, ''])
  const diff = JSON.parse(stdout) as Diff
  expect(ids(diff)).toEqual({ created: ['new'], changed: ['grows'], finished: ['finishes'], failed: ['fails'], gone: ['lost'] })
  expect(stdout).toContain('"backupSetDataSize":9007199254740995')
  expect(diff.gone[0]?.backupSetDownloadTaskName).toBe('=每周, "导出"\n第二行')
})

test('equal exports have no changes, in any order, excel or not', async () => {
  await using folder = await tempFolder()
  await put(folder.path, 'old.csv', old, undefined, true)
  await put(folder.path, 'new.csv', old.toReversed())
  const { exitCode, stdout } = await backsetReport(['diff', 'old.csv', 'new.csv', '-o', 'json'], { cwd: folder.path })
  expect(exitCode).toBe(0)
  expect(JSON.parse(stdout)).toEqual({ created: [], changed: [], finished: [], failed: [], gone: [] })
})

test('a terminal shows a table and a sum', async () => {
  await using folder = await tempFolder()
  await put(folder.path, 'old.json', old)
  await put(folder.path, 'new.json', later)
  const { stdout } = await backsetReport(['diff', 'old.json', 'new.json'], { cwd: folder.path, terminal: 100 })
  expect(stdout).toMatch(/^CHANGE +TASK/)
  expect(stdout).toMatch(/\ncreated 1, changed 1, finished 1, failed 1, gone 1\n$/)
})

test('links that an export holds in full are masked', async () => {
  await using folder = await tempFolder()
  await put(folder.path, 'old.ndjson', [])
  const signed = task('new', 'done', { backupSetDownloadInternetUrl: 'https://h.example/f?Signature=canary' })
  await writeFile(join(folder.path, 'new.ndjson'), `${JSON.stringify(signed)}\n`)
  const { stdout } = await backsetReport(['diff', 'old.ndjson', 'new.ndjson'], { cwd: folder.path })
  expect(stdout).toContain('https://h.example/f')
  expect(stdout).not.toContain('canary')
})

const some = ['backupSetDownloadTaskId', 'backupSetDownloadStatus']
const refusals: readonly {
  readonly why: string
  readonly files: Readonly<Record<string, Columns>>
  readonly says: string
  readonly exit: number
}[] = [
  {
    why: 'other columns',
    files: { 'a.csv': some, 'b.csv': undefined },
    says: 'The exports have different columns: backupSetDownloadTaskName',
    exit: 2,
  },
  {
    why: 'no ids',
    files: { 'a.csv': ['backupSetDownloadStatus'], 'b.csv': undefined },
    says: 'a.csv has no column backupSetDownloadTaskId',
    exit: 2,
  },
  { why: 'fields that nobody names', files: { 'a.json': some, 'b.json': undefined }, says: 'a.json has some fields of its tasks', exit: 2 },
  { why: 'no format', files: { 'a.csv': undefined, 'b.yaml': undefined }, says: 'b.yaml is no export that can be compared', exit: 2 },
]
test.each(refusals)('a comparison is refused for $why', async ({ files, says, exit }) => {
  await using folder = await tempFolder()
  const names = Object.keys(files)
  for (const [name, columns] of Object.entries(files)) await put(folder.path, name, old, columns)
  const { exitCode, stdout, stderr } = await backsetReport(['diff', ...names], { cwd: folder.path })
  expect([exitCode, stdout]).toEqual([exit, ''])
  expect(stderr).toContain(says)
})

test.each([
  ['breaks off', (text: string) => text.slice(0, -20)],
  ['holds a task twice', (text: string) => text + (text.split('\r\n')[1] ?? '')],
])('an export that %s is refused', async (_, spoil) => {
  await using folder = await tempFolder()
  const rows = [task('a', 'done'), task('b', 'done', { errMessage: 'x'.repeat(30) })]
  const columns = ['backupSetDownloadTaskId', 'errMessage', 'backupSetDownloadTaskName']
  await put(folder.path, 'a.csv', rows, columns)
  let text = ''
  for await (const piece of (await openFormat('csv', { kind: taskRows, columns }))(allAtOnce(rows.toReversed()))) text += piece
  await writeFile(join(folder.path, 'b.csv'), spoil(text.replaceAll('\n第', '第')))
  const { exitCode, stdout } = await backsetReport(['diff', 'a.csv', 'b.csv'], { cwd: folder.path })
  expect([exitCode, stdout]).toEqual([9, ''])
})

test('a file that is not there is told by name', async () => {
  await using folder = await tempFolder()
  const { exitCode, stderr } = await backsetReport(['diff', 'a.csv', 'b.csv'], { cwd: folder.path })
  expect(exitCode).toBe(2)
  expect(stderr).toContain('a.csv is not there, or is no file.')
})
