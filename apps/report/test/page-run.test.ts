import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startEmulator } from '@backset/emulator'
import { expect, test, vi } from 'vitest'
import { Manifest } from '../src/manifest.js'
import { runReport } from '../src/run-report.js'
import { tempFolder } from './temp-folder.js'
import { due, reportIn, worldOf } from './world.js'

vi.setConfig({ testTimeout: 60_000 })

const page = 'source: { plans: all }\nformat: html\nfile: "{name}.{ext}"'

test('a page of few tasks stands alone, and its alarms end the run with 10', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 200 })
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, `${page}\nfailIf: [repeated]`, emulator)
  const run = await runReport(report, { ...worldOf(emulator), due })
  expect(run).toMatchObject({ exitCode: 10, record: { outcome: 'ok', rows: 200 } })
  expect((await readdir(join(folder.path, 'out'))).filter((name) => !name.startsWith('.'))).toEqual([
    'audit.html',
    'audit.html.manifest.json',
  ])
  const manifest = Manifest.parse(JSON.parse(await readFile(run.manifest ?? '', 'utf8')))
  expect(manifest.alarms).toContainEqual(expect.objectContaining({ alarm: 'repeated' }))
  expect(await readFile(run.file ?? '', 'utf8')).toContain('<strong>Repeated:</strong>')
})

test('beside a page of more than 5,000 tasks stands a CSV of all', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 5001 })
  await using folder = await tempFolder()
  const run = await runReport(await reportIn(folder.path, page, emulator), { ...worldOf(emulator), due })
  expect(run).toMatchObject({ exitCode: 0, record: { rows: 5001, companion: 'audit.csv' } })
  const csv = await readFile(join(folder.path, 'out', 'audit.csv'))
  const manifest = Manifest.parse(JSON.parse(await readFile(run.manifest ?? '', 'utf8')))
  expect(manifest.companion).toMatchObject({ file: 'audit.csv', sha256: createHash('sha256').update(csv).digest('hex'), rows: 5001 })
  expect(await readFile(run.file ?? '', 'utf8')).toContain('<a href="./audit.csv">')
})
