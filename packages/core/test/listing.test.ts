import { startEmulator, type Emulator, type Scenario } from '@backset/emulator'
import { expect, test } from 'vitest'
import { DbsClient, type DbsClientOptions, type DownloadTask, type ListOptions, type Verdict } from '../src/index.js'

const clientOf = ({ url, accessKeyId, accessKeySecret }: Emulator, options: DbsClientOptions = {}): DbsClient =>
  new DbsClient({ endpoint: url, credentials: { accessKeyId, accessKeySecret }, env: {}, ...options })

/** Lists the first plan of an emulator over its socket, and compares with what is true. */
async function list(
  tasks: number,
  scenario: Scenario = {},
  { client: clientOptions = {}, ...options }: ListOptions<DownloadTask> & { client?: DbsClientOptions } = {},
) {
  await using emulator = await startEmulator({ plans: 1, tasks, scenario })
  await using client = clientOf(emulator, clientOptions)
  const backupPlanId = emulator.world.planIds[0] ?? ''
  const listing = client.listDownloadTasks({ backupPlanId, pageSize: 30 }, { allowIncomplete: true, ...options })
  const before = emulator.world.tasksOf(backupPlanId).ids()
  const ids: string[] = []
  for await (const { backupSetDownloadTaskId } of listing) ids.push(backupSetDownloadTaskId)
  return { ids, before, proof: listing.proof, requests: emulator.requestCount }
}

test.each([
  ['v3', 'POST', 'json'],
  ['v3', 'GET', 'xml'],
  ['v1', 'POST', 'xml'],
  ['v1', 'GET', 'json'],
] as const)('signed %s, by %s, as %s: every task once, sealed', async (signature, method, wire) => {
  const { ids, before, proof, requests } = await list(155, {}, { client: { signature, method, wire } })
  expect(ids).toEqual(before)
  expect(proof).toMatchObject({ verdict: 'sealed', rows: 155, pages: 6, walks: 1, totalElements: 155, requests: 8 })
  expect(proof?.firstRequestId).toEqual(expect.any(String))
  expect(requests).toBe(8)
})

test.each<[string, Scenario, Verdict]>([
  ['numbers as text', { rules: [{ shape: { kind: 'numbers-as-text' } }] }, 'sealed'],
  ['no total', { rules: [{ shape: { kind: 'no-total' } }] }, 'settled'],
  ['pages from 1, and 0 as 1', { rules: [{ shape: { kind: 'pages-from-one' } }] }, 'sealed'],
  ['pages from 1, and 0 refused', { rules: [{ shape: { kind: 'pages-from-one', zero: 'refused' } }] }, 'sealed'],
  ['more in total than is shown', { rules: [{ shape: { kind: 'extra-total' } }] }, 'short'],
  ['a wrong echo', { rules: [{ shape: { kind: 'wrong-page-echo' }, nth: 2 }] }, 'settled'],
  ['one short page', { rules: [{ shape: { kind: 'short-page' }, nth: 3 }] }, 'settled'],
  ['one repeated row', { rules: [{ shape: { kind: 'repeated-row' }, nth: 3 }] }, 'settled'],
  [
    'failures that pass',
    {
      rules: [
        { fault: { kind: 'cut-body' }, nth: [2, 5] },
        { fault: { kind: 'html-502' }, nth: 3 },
      ],
    },
    'sealed',
  ],
])('with %s every task comes once', async (_, scenario, verdict) => {
  const { ids, before, proof } = await list(155, scenario)
  expect(proof?.verdict).toBe(verdict)
  expect(ids.toSorted()).toEqual(before.toSorted())
})

test.each(['grow', 'shrink', 'reorder'] as const)('a list that may %s loses no lasting task', async (change) => {
  const { ids, before, proof } = await list(200, { rules: [{ move: { change, at: 'start', rows: 2 }, nth: [1, 2] }] })
  expect(proof?.verdict).toBe('settled')
  expect(new Set(ids).size).toBe(ids.length)
  const gone = change === 'shrink' ? 4 : 0
  expect(before.slice(gone).filter((id) => !ids.includes(id))).toEqual([])
})

test('an empty plan is sealed by one request', async () => {
  expect(await list(0)).toMatchObject({ ids: [], requests: 1, proof: { verdict: 'sealed', rows: 0, totalElements: 0 } })
})

test('a broken loop leaves no request in flight', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 3000, latencyMs: 20 })
  await using client = clientOf(emulator)
  const listing = client.listDownloadTasks({ backupPlanId: emulator.world.planIds[0] ?? '', pageSize: 30 })
  let rows = 0
  for await (const { items } of listing.pages()) {
    rows += items.length
    if (rows >= 60) break
  }
  expect(emulator.requestCount).toBeLessThanOrEqual(6)
  expect(listing.proof).toMatchObject({ verdict: 'partial', rows: 60 })
})

test('a cursor goes on in another client', async () => {
  await using emulator = await startEmulator({ plans: 1, tasks: 155 })
  await using first = clientOf(emulator)
  await using second = clientOf(emulator, { signature: 'v1' })
  const query = { backupPlanId: emulator.world.planIds[0] ?? '' }
  const ids: string[] = []
  const one = first.listDownloadTasks(query, { limit: 120 })
  for await (const task of one) ids.push(task.backupSetDownloadTaskId)
  const other = second.listDownloadTasks(query, { cursor: one.cursor })
  for await (const task of other) ids.push(task.backupSetDownloadTaskId)
  expect(ids).toEqual(emulator.world.tasksOf(query.backupPlanId).ids())
  expect(other.proof).toMatchObject({ verdict: 'sealed', rows: 35, resumedFrom: one.cursor })
})

test('backups of a plan come once, by pages', async () => {
  await using emulator = await startEmulator({ plans: 2, tasks: 0 })
  await using client = clientOf(emulator)
  const [, backupPlanId = ''] = emulator.world.planIds
  const full = client.listFullBackups({ backupPlanId, pageSize: 30 })
  const ids: string[] = []
  for await (const { backupSetId } of full) ids.push(backupSetId)
  expect([new Set(ids).size, full.proof?.verdict, full.proof?.pages]).toEqual([36, 'sealed', 2])
  const increment = client.listIncrementBackups({ backupPlanId })
  const files: string[] = []
  for await (const { backupSetId } of increment) files.push(backupSetId)
  expect([new Set(files).size, increment.proof?.verdict]).toEqual([240, 'sealed'])
  expect(() => client.listFullBackups({ backupPlanId: '' })).toThrow('backupPlanId is empty')
})

test('a pause that would outlast leftMs ends the listing at once, with how long to wait', async () => {
  const rules = [{ pageNum: 1, fault: { kind: 'throttle', hint: 'acs', waitMs: 30_000 } }] as const
  const error = { code: 'throttled', retryAfterMs: 30_000, attempts: 1 }
  await expect(list(70, { rules: [...rules] }, { leftMs: () => 5000 })).rejects.toMatchObject(error)
})
