import { readFile, writeFile } from 'node:fs/promises'
import type { DownloadTask } from '@backset/core'
import { startEmulator, type Emulator } from '@backset/emulator'
import { expect, test } from 'vitest'
import type { Report } from '../src/config/report.js'
import { lookPath } from '../src/last-look.js'
import { runReport, type Run } from '../src/run-report.js'
import { tempFolder } from './temp-folder.js'
import { due, reportIn, worldOf } from './world.js'

const day = 86_400_000
let runs = 0

async function runNow(report: Report, emulator: Emulator): Promise<Run> {
  return runReport(report, { ...worldOf(emulator), due: due + ++runs * day })
}

type Changed = DownloadTask & { readonly change?: string }
async function rowsOf(run: Run): Promise<Changed[]> {
  expect(run.record).toMatchObject({ outcome: 'ok' })
  return JSON.parse(await readFile(run.file ?? '', 'utf8')) as Changed[]
}
const words = (rows: readonly Changed[]): string[] => rows.map(({ change = '', backupSetDownloadTaskId: id }) => `${change} ${id}`)

const fields = 'source: { plans: all }\nonlyChanges: true\nformat: json'
const openAll = async () => {
  const emulator = await startEmulator({ plans: 1, tasks: 130 })
  const list = emulator.world.tasksOf(emulator.world.planIds[0] ?? '')
  return { emulator, list, ids: list.ids() }
}

test('the first run exports all, the next what happened', async () => {
  const { emulator, list, ids } = await openAll()
  await using _ = emulator
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, fields, emulator)
  const first = await rowsOf(await runNow(report, emulator))
  expect(words(first)).toEqual(ids.map((id) => ` ${id}`))
  expect(await rowsOf(await runNow(report, emulator))).toEqual([])

  list.change(3, { BackupSetDownloadStatus: 'running' })
  await runNow(report, emulator)
  list.change(3, { BackupSetDownloadStatus: 'finish' })
  list.change(5, { BackupSetDataSize: 4711 })
  list.remove(120)
  const created = emulator.world.newTask(emulator.world.planIds[0] ?? '')
  list.insert(0, created)
  const rows = await rowsOf(await runNow(report, emulator))
  expect(words(rows)).toEqual([
    `created ${String(created['BackupSetDownloadTaskId'])}`,
    `finished ${ids[3]}`,
    `changed ${ids[5]}`,
    `gone ${ids[120]}`,
  ])
  expect(rows.at(-1)).toMatchObject({ backupSetDownloadStatus: first[120]?.backupSetDownloadStatus })
})

test('a due time that is run again tells what it told, and an older one is refused', async () => {
  const { emulator, list, ids } = await openAll()
  await using _ = emulator
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, `${fields}\nfile: '{name}-{due}.{ext}'`, emulator)
  const runAt = async (days: number) => runReport(report, { ...worldOf(emulator), due: due + days * day })
  expect(await rowsOf(await runAt(1000))).toHaveLength(ids.length)
  expect(await rowsOf(await runAt(1000))).toHaveLength(ids.length)
  list.change(3, { BackupSetDataSize: 4711 })
  const once = words(await rowsOf(await runAt(1001)))
  expect(once).toEqual([`changed ${ids[3]}`])
  expect(words(await rowsOf(await runAt(1001)))).toEqual(once)
  list.change(5, { BackupSetDataSize: 4711 })
  expect(words(await rowsOf(await runAt(1001)))).toEqual([...once, `changed ${ids[5]}`])
  expect(await rowsOf(await runAt(1002))).toEqual([])
  list.change(7, { BackupSetDataSize: 4711 })
  // Between the two that are kept: what happened since the older one, and the newest look stays.
  expect(words(await rowsOf(await runReport(report, { ...worldOf(emulator), due: due + 1001.5 * day })))).toEqual([`changed ${ids[7]}`])
  expect(words(await rowsOf(await runAt(1003)))).toEqual([`changed ${ids[7]}`])
  const older = await runAt(10)
  expect(older).toMatchObject({ exitCode: 2, record: { outcome: 'failed' } })
  expect(older.error?.message).toContain('not known any more')
})

test('chosen columns get the column change, first where it has no place', async () => {
  const { emulator, list } = await openAll()
  await using _ = emulator
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, fields.replace('json', 'csv\ncolumns: [task]'), emulator)
  expect(await headOf(await runNow(report, emulator))).toMatch(/^backupSetDownloadTaskId\|/)
  list.change(0, { BackupSetDataSize: 1 })
  expect(await headOf(await runNow(report, emulator))).toMatch(/^change,backupSetDownloadTaskId\|changed,/)
})

const headOf = async (run: Run): Promise<string> => (await readFile(run.file ?? '', 'utf8')).split('\r\n').slice(0, 2).join('|')

test('CSV has the column change from the second run on', async () => {
  const { emulator, list } = await openAll()
  await using _ = emulator
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, fields.replace('json', 'csv\ncolumns: [change, task]'), emulator)
  expect(await headOf(await runNow(report, emulator))).toMatch(/^backupSetDownloadTaskId\|/)
  list.change(0, { BackupSetDataSize: 1 })
  expect(await headOf(await runNow(report, emulator))).toMatch(/^change,backupSetDownloadTaskId\|changed,/)
})

test('a task counts that passes the filter now or passed it then', async () => {
  const { emulator, list, ids } = await openAll()
  await using _ = emulator
  await using folder = await tempFolder()
  for (const index of list.ids().keys()) list.change(index, { BackupSetDownloadStatus: 'running' })
  const report = await reportIn(folder.path, `${fields}\nfilter: { status: finish }`, emulator)
  expect(await rowsOf(await runNow(report, emulator))).toEqual([])
  list.change(1, { BackupSetDownloadStatus: 'finish' })
  list.change(2, { BackupSetDownloadStatus: 'stop' })
  expect(words(await rowsOf(await runNow(report, emulator)))).toEqual([`finished ${ids[1]}`])
  list.change(1, { BackupSetDownloadStatus: 'running' })
  expect(words(await rowsOf(await runNow(report, emulator)))).toEqual([`changed ${ids[1]}`])
})

test('a list that was not proved makes nothing gone', async () => {
  const { emulator, list, ids } = await openAll()
  await using _ = emulator
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, `${fields}\nallowIncomplete: true`, emulator)
  await runNow(report, emulator)
  const [removed] = list.remove(7)
  emulator.play({ rules: [{ shape: { kind: 'extra-total' } }] })
  expect(await rowsOf(await runNow(report, emulator))).toEqual([])
  emulator.play(undefined)
  expect(words(await rowsOf(await runNow(report, emulator)))).toEqual([`gone ${ids[7]}`])
  expect(removed).toBeDefined()
})

test('a run that failed takes nothing from the next', async () => {
  const { emulator, list, ids } = await openAll()
  await using _ = emulator
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, fields, emulator)
  await runNow(report, emulator)
  list.change(9, { BackupSetDataSize: 1 })
  emulator.play({ rules: [{ shape: { kind: 'extra-total' } }] })
  expect((await runNow(report, emulator)).exitCode).toBe(5)
  emulator.play(undefined)
  expect(words(await rowsOf(await runNow(report, emulator)))).toEqual([`changed ${ids[9]}`])
})

test('a look that was damaged, or is of something else, starts anew', async () => {
  const { emulator } = await openAll()
  await using _ = emulator
  await using folder = await tempFolder()
  const report = await reportIn(folder.path, fields, emulator)
  await runNow(report, emulator)
  expect(await rowsOf(await runNow({ ...report, plans: emulator.world.planIds, regions: ['cn-beijing'] }, emulator))).toHaveLength(130)
  await writeFile(lookPath(report), 'no gzip')
  expect(await rowsOf(await runNow(report, emulator))).toHaveLength(130)
})
