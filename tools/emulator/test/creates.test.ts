import { expect, test } from 'vitest'
import { startEmulator, type Emulator } from '../src/index.js'
import { call, list, rowsOf, type Body, type Row } from './call.js'

const items = (body: Body, name: string): readonly Row[] => (body.Items as Readonly<Record<string, readonly Row[]>>)[name] ?? []

async function backupsOf(emulator: Emulator, kind: 'Full' | 'Increment'): Promise<readonly Row[]> {
  return items(await call(emulator, `Describe${kind}BackupList`, { BackupPlanId: emulator.world.planIds[0] ?? '' }), `${kind}BackupFile`)
}

const statusOf = async (emulator: Emulator, BackupSetDownloadTaskId: string): Promise<unknown> =>
  rowsOf(await call(emulator, list, { BackupSetDownloadTaskId }))[0]?.['BackupSetDownloadStatus']

async function createFull(emulator: Emulator, more: Readonly<Record<string, string>> = {}): Promise<Body> {
  const [, backup] = await backupsOf(emulator, 'Full')
  return call(emulator, 'CreateFullBackupSetDownload', { BackupSetId: String(backup?.['BackupSetId']), ...more })
}

test('a full backup becomes a task at the head of its plan', async () => {
  await using emulator = await startEmulator({ tasks: 2 })
  const { BackupSetDownloadTaskId: id } = await createFull(emulator)
  const [first] = emulator.world.tasksOf(emulator.world.planIds[0] ?? '')
  expect(first).toMatchObject({
    BackupSetDownloadTaskId: id,
    BackupSetDataFormat: 'CSV',
    BackupSetJobType: 'cbs_backup_sub_full',
    BackupSetDownloadStatus: 'checking',
  })
})

test('a log file becomes a task by job id and file name', async () => {
  await using emulator = await startEmulator({ tasks: 2 })
  const [, backup] = await backupsOf(emulator, 'Increment')
  const { BackupSetJobId, BackupSetId } = backup ?? {}
  const made = await call(emulator, 'CreateIncrementBackupSetDownload', {
    BackupSetId: String(BackupSetJobId),
    BackupSetName: String(BackupSetId),
  })
  expect(emulator.world.task(made.BackupSetDownloadTaskId)).toMatchObject({
    BackupSetId: BackupSetJobId,
    BackupSetCode: BackupSetId,
    BackupSetDataFormat: 'Native',
  })
  const swapped = await call(emulator, 'CreateIncrementBackupSetDownload', {
    BackupSetId: String(BackupSetId),
    BackupSetName: String(BackupSetJobId),
  })
  expect(swapped).toMatchObject({ Success: false, ErrCode: 'Param.NotFound' })
})

test('a ClientToken makes one task, and none for another request', async () => {
  await using emulator = await startEmulator({ tasks: 0 })
  const one = await createFull(emulator, { ClientToken: 't1' })
  const again = await createFull(emulator, { ClientToken: 't1' })
  expect(again.BackupSetDownloadTaskId).toBe(one.BackupSetDownloadTaskId)
  expect(await createFull(emulator, { ClientToken: 't1', BackupSetDataFormat: 'SQL' })).toMatchObject({
    Code: 'IdempotentParameterMismatch',
  })
  await createFull(emulator, { ClientToken: 't2' })
  expect(emulator.world.tasksOf(emulator.world.planIds[0] ?? '').length).toBe(2)
})

test('unknown backups and formats make nothing', async () => {
  await using emulator = await startEmulator({ tasks: 0 })
  expect(await call(emulator, 'CreateFullBackupSetDownload', { BackupSetId: 'nothing' })).toMatchObject({ ErrCode: 'Param.NotFound' })
  expect(await createFull(emulator, { BackupSetDataFormat: 'XLS' })).toMatchObject({ ErrCode: 'Param.NotFound' })
  expect(emulator.world.tasksOf(emulator.world.planIds[0] ?? '').length).toBe(0)
})

test('a created task moves by time', async () => {
  let now = Date.now()
  await using emulator = await startEmulator({ tasks: 0, now: () => now })
  const { BackupSetDownloadTaskId: id } = await createFull(emulator)
  const seen: unknown[] = []
  for (let look = 0; look < 6; look++, now += 300) seen.push(await statusOf(emulator, id))
  expect(seen).toEqual(['checking', 'check_pass', 'schedule', 'running', 'finish', 'finish'])
  expect(emulator.world.task(id)?.['BackupSetDownloadInternetUrl']).toContain(id)
})

test.each([
  ['finish', ['checking', 'checking', 'check_pass', 'check_pass', 'schedule']],
  ['init', ['checking', 'checking', 'init', 'init', 'init']],
] as const)('a created task moves by looks towards %s', async (end, states) => {
  await using emulator = await startEmulator({ tasks: 0, scenario: { moves: { by: 'looks', step: 2, end } } })
  const { BackupSetDownloadTaskId: id } = await createFull(emulator)
  const seen: unknown[] = []
  for (const _ of states) seen.push(await statusOf(emulator, id))
  expect(seen).toEqual(states)
})

test('tasks of the seed move where the scenario says so', async () => {
  let now = Date.now()
  await using emulator = await startEmulator({ tasks: 40, now: () => now, scenario: { moves: { which: 'all', end: 'stop', step: 10 } } })
  const states = (): Set<unknown> =>
    new Set(Array.from(emulator.world.tasksOf(emulator.world.planIds[0] ?? ''), (row) => row['BackupSetDownloadStatus']))
  expect(states()).toContain('running')
  now += 1000
  expect(states()).toEqual(new Set(['finish', 'stop', 'init', 'pause']))
})

test('reset brings the seed back', async () => {
  await using emulator = await startEmulator({ tasks: 3 })
  const tasks = emulator.world.tasksOf(emulator.world.planIds[0] ?? '')
  const before = tasks.ids()
  await createFull(emulator)
  tasks.remove(1)
  emulator.reset()
  expect(tasks.ids()).toEqual(before)
})

test('plans are filtered by id and region', async () => {
  await using emulator = await startEmulator({ tasks: 0 })
  const { planIds } = emulator.world
  const plans = async (query: Readonly<Record<string, string>>): Promise<unknown> => {
    const body = await call(emulator, 'DescribeBackupPlanList', query)
    return body.ErrCode ?? (body.Items === '' ? [] : items(body, 'BackupPlanDetail').map((row) => row['BackupPlanId']))
  }
  expect(await plans({})).toEqual(planIds)
  expect(await plans({ PageSize: '2', PageNum: '1' })).toEqual(planIds.slice(2))
  expect(await plans({ BackupPlanId: `${planIds[0]},${planIds[2]}` })).toEqual([planIds[0], planIds[2]])
  expect(await plans({ Region: 'cn-hangzhou' })).toEqual(planIds)
  expect(await plans({ Region: 'cn-beijing' })).toEqual([])
  expect(await plans({ Region: 'nowhere' })).toBe('Param.NotFound')
  expect(await plans({ BackupPlanId: 'dbsnothing' })).toBe('InvalidParameterValid')
})

test('backups are filtered by time, in seconds or milliseconds', async () => {
  await using emulator = await startEmulator({ tasks: 0 })
  const rows = await backupsOf(emulator, 'Full')
  const since = Number(rows[2]?.['StartTime'])
  const query = { BackupPlanId: emulator.world.planIds[0] ?? '' }
  for (const StartTimestamp of [String(since), String(since / 1000)])
    expect(items(await call(emulator, 'DescribeFullBackupList', { ...query, StartTimestamp }), 'FullBackupFile')).toHaveLength(3)
})

test('regions, addresses and gateways are listed', async () => {
  await using emulator = await startEmulator({ tasks: 0 })
  expect(await call(emulator, 'DescribeNodeCidrList', { Region: 'cn-hangzhou' })).toMatchObject({
    InternetIPs: { InternetIP: expect.any(Array) },
  })
  expect(items(await call(emulator, 'DescribeBackupGatewayList', { Region: 'cn-hangzhou' }), 'BackupGateway')[0]).toMatchObject({
    BackupGatewayId: expect.stringMatching(/^\d{16,}$/),
    BackupGatewayStatus: 'ONLINE',
  })
})
