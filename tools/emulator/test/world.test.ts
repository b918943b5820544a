import { expect, test } from 'vitest'
import { startEmulator, type Emulator, type EmulatorOptions, type WireRow } from '../src/index.js'
import { toJson } from '../src/render/json.js'
import { call, idsOf, list, page, rowsOf, type Row } from './call.js'
import { exchange, rawV1, rawV3 } from './raw-socket.js'

const now = (): number => Date.UTC(2026, 0, 20)

/** Everything a seed makes, without the port. */
async function worldOf(options: EmulatorOptions): Promise<string> {
  await using emulator = await startEmulator({ now, ...options })
  const { accessKeyId, accessKeySecret, sts, world } = emulator
  const rows = world.planIds.map((id) => [...world.tasksOf(id)])
  return toJson([accessKeyId, accessKeySecret, sts.securityToken, world.planIds, rows]).replaceAll(emulator.url, '')
}

test('the same seed makes the same world, another seed another', async () => {
  const [one, again, other] = await Promise.all([worldOf({ seed: 5 }), worldOf({ seed: 5 }), worldOf({ seed: 6 })])
  expect(again).toBe(one)
  expect(other).not.toBe(one)
})

const firstPlan = ({ world }: Emulator): readonly WireRow[] => [...world.tasksOf(world.planIds[0] ?? '')]
const valuesOf = (rows: readonly WireRow[], name: string): unknown[] => rows.map((row) => row[name])

test('forty rows hold every state, way and odd value', async () => {
  await using emulator = await startEmulator({ tasks: 40 })
  const rows = firstPlan(emulator)
  expect(new Set(valuesOf(rows, 'BackupSetDownloadStatus')).size).toBe(8)
  expect(new Set(valuesOf(rows, 'BackupSetDownloadWay'))).toEqual(new Set(['manual', 'auto']))
  expect(valuesOf(rows, 'BackupSetDataSize').some((size) => typeof size === 'bigint' && size > 2n ** 53n)).toBe(true)
  const names = valuesOf(rows, 'BackupSetDownloadTaskName').join('\n')
  for (const odd of ['=HYPERLINK', '\n+1', '\n-2', '\n@SUM', '＝1', '\u001b[31m', '\u202e', '订单库']) expect(names).toContain(odd)
})

test('links come usable, quoted, without scheme and bare', async () => {
  await using emulator = await startEmulator({ tasks: 400 })
  const links = valuesOf(firstPlan(emulator), 'BackupSetDownloadInternetUrl').filter((link) => typeof link === 'string' && link.length > 3)
  const forms = [`${emulator.url}/files/`, `"${emulator.url}/files/`, '"//dbs-', '//dbs-', 'dbs-']
  for (const form of forms) expect(links.filter((link) => String(link).startsWith(form)).length).toBeGreaterThan(0)
})

test('pages show every row once, Longs digit by digit', async () => {
  await using emulator = await startEmulator({ tasks: 250 })
  const query = { BackupPlanId: emulator.world.planIds[0] ?? '', PageSize: '100' }
  const texts = await Promise.all(
    [0, 1, 2].map(
      async (number) =>
        (await exchange(emulator.url, rawV3(emulator, { action: list, query: { ...query, PageNum: String(number) } }))).body,
    ),
  )
  const shown = texts.map((text) => /"BackupSetDownloadTaskDetail":\[(.*)\]\}/.exec(text)?.[1]).join(',')
  expect(`[${shown}]`).toBe(toJson(firstPlan(emulator)))
  expect(JSON.parse(texts[2] ?? '')).toMatchObject({ PageNum: 2, PageSize: 100, TotalElements: 250, TotalPages: 3 })
})

test('XML holds the same values, references and all', async () => {
  await using emulator = await startEmulator({ tasks: 50 })
  const query = { BackupPlanId: emulator.world.planIds[0] ?? '', PageSize: '50' }
  const { body } = await exchange(emulator.url, rawV1(emulator, { action: list, query }))
  const rows = body.split('<BackupSetDownloadTaskDetail>').slice(1)
  const read = rows.map((row) =>
    Object.fromEntries(Array.from(row.matchAll(/<(\w+)>([^<]*)<\/\1>/g), ([, name = '', text = '']) => [name, plain(text)])),
  )
  expect(read).toEqual(
    firstPlan(emulator).map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value ?? '')]))),
  )
})

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }
const plain = (text: string): string =>
  text.replace(/&(?:#(\d+)|(\w+));/g, (_, code?: string, name?: string) =>
    code === undefined ? (named[name ?? ''] ?? '') : String.fromCodePoint(Number(code)),
  )

test('a million tasks a plan start at once', async () => {
  const before = process.memoryUsage().rss
  await using emulator = await startEmulator({ tasks: 1_000_000 })
  const last = await page(emulator, { PageNum: '9999', PageSize: '100' })
  expect(last).toMatchObject({ TotalElements: 1_000_000, TotalPages: 10_000 })
  expect(rowsOf(last)).toHaveLength(100)
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20) // the rows as objects would take a gigabyte
})

test('beyond the end and for unknown ids lists are empty', async () => {
  await using emulator = await startEmulator({ tasks: 3 })
  const empty = { Success: true, Items: '' }
  expect(await page(emulator, { PageNum: '1' })).toMatchObject({ ...empty, PageNum: 1, TotalElements: 3 })
  expect(await page(emulator, { BackupPlanId: 'dbs0' })).toMatchObject({ ...empty, TotalElements: 0, TotalPages: 0 })
  expect(await call(emulator, list, { BackupSetDownloadTaskId: 'urx0' })).toMatchObject({ ...empty, TotalElements: 0 })
})

test('a plan is found with and without its prefix', async () => {
  await using emulator = await startEmulator({ tasks: 3 })
  const [id = ''] = emulator.world.planIds
  expect(idsOf(await page(emulator, { BackupPlanId: id.slice(3) }))).toEqual(idsOf(await page(emulator)))
})

test('both ids together must both hold', async () => {
  await using emulator = await startEmulator({ tasks: 3 })
  const { world } = emulator
  const [one = '', two = ''] = world.planIds
  const [taskId = ''] = world.tasksOf(one).ids()
  expect(idsOf(await call(emulator, list, { BackupSetDownloadTaskId: taskId }))).toEqual([taskId])
  expect(idsOf(await call(emulator, list, { BackupSetDownloadTaskId: taskId, BackupPlanId: one }))).toEqual([taskId])
  expect(idsOf(await call(emulator, list, { BackupSetDownloadTaskId: taskId, BackupPlanId: two }))).toEqual([])
})

test('tests move the list and read the truth', async () => {
  await using emulator = await startEmulator({ tasks: 5 })
  const { world } = emulator
  const [id = ''] = world.planIds
  const tasks = world.tasksOf(id)
  const [gone] = tasks.remove(4)
  tasks.insert(0, world.newTask(id, { BackupSetDownloadTaskName: 'new' }))
  tasks.change(1, { BackupSetDownloadStatus: 'pause' })
  const rows = rowsOf(await page(emulator))
  expect(rows.map((row: Row) => row['BackupSetDownloadTaskId'])).toEqual(tasks.ids())
  expect(rows[0]).toMatchObject({ BackupSetDownloadTaskName: 'new', BackupSetDownloadStatus: 'checking' })
  expect(rows[1]).toMatchObject({ BackupSetDownloadStatus: 'pause' })
  expect(idsOf(await call(emulator, list, { BackupSetDownloadTaskId: String(gone?.['BackupSetDownloadTaskId']) }))).toEqual([])
})
