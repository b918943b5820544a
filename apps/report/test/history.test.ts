import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startEmulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import { backsetReport } from './command-line.js'
import { tempFolder } from './temp-folder.js'

const config = `version: 1
reports:
  - { name: one, output: out, source: { plans: all } }
  - { name: two, output: other, source: { plans: all }, format: json }
`

test('runs of all folders come together, the newest last', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 3 })
  await using folder = await tempFolder()
  const at = { cwd: folder.path, emulator }
  await writeFile(join(folder.path, 'reports.yaml'), config)
  for (const name of ['two', 'one', 'two']) await backsetReport(['run', 'reports.yaml', '--only', name, '--due', `2026-11-20`], at)
  const { exitCode, stdout } = await backsetReport(['history', 'reports.yaml'], at)
  expect(exitCode).toBe(0)
  const runs = JSON.parse(stdout) as Record<string, unknown>[]
  expect(runs.map(({ report }) => report)).toEqual(['two', 'one', 'two'])
  expect(Object.keys(runs[0] ?? {})).toEqual(['report', 'due', 'started', 'ended', 'outcome', 'rows', 'bytes', 'file', 'sha256'])
  const { stdout: some } = await backsetReport(['history', 'reports.yaml', '--only', 'one'], at)
  expect(JSON.parse(some)).toHaveLength(1)
  const { stdout: table } = await backsetReport(['history', 'reports.yaml'], { ...at, terminal: 160 })
  expect(table).toMatch(/^REPORT +DUE +ENDED +OUTCOME/)
})

test('before the first run there is nothing, in either form', async () => {
  await using folder = await tempFolder()
  await writeFile(join(folder.path, 'reports.yaml'), config.replaceAll('output', 'region: cn-hangzhou, output'))
  expect(await backsetReport(['history', 'reports.yaml'], { cwd: folder.path })).toEqual({ exitCode: 0, stdout: '[]\n', stderr: '' })
  expect((await backsetReport(['history', 'reports.yaml'], { cwd: folder.path, terminal: 80 })).stdout).toMatch(/^REPORT /)
})

test('a ledger that is no file is told, and what it is', async () => {
  await using folder = await tempFolder()
  await writeFile(join(folder.path, 'reports.yaml'), config.replaceAll('output', 'region: cn-hangzhou, output'))
  await mkdir(join(folder.path, 'out', '.backset-report', 'ledger.ndjson'), { recursive: true })
  const { exitCode, stderr } = await backsetReport(['history', 'reports.yaml'], { cwd: folder.path })
  expect(stderr).toContain('ledger.ndjson could not be read: it is a folder.')
  expect(stderr).toContain('cannot-write')
  expect(exitCode).toBe(2)
})

test('a report that is not there is told with the nearest name', async () => {
  await using folder = await tempFolder()
  await writeFile(join(folder.path, 'reports.yaml'), config.replaceAll('output', 'region: cn-hangzhou, output'))
  const { exitCode, stderr } = await backsetReport(['history', 'reports.yaml', '--only', 'tow'], { cwd: folder.path })
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('Did you mean two?')])
})
