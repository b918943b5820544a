import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DownloadTask } from './schemas/download-task.js'
import { summarise, SummaryFold } from './summary.js'

const task = (fields: Partial<DownloadTask> = {}): DownloadTask => ({ backupSetDownloadTaskId: 'a', state: 'done', ...fields })

test('tasks are counted along every line', async () => {
  const summary = await summarise([
    task({
      backupSetDownloadStatus: 'finish',
      backupSetDbType: 'MySQL',
      backupPlanId: 'dbsplan1',
      backupSetDataSize: 10,
      backupSetDownloadCreateTime: '2026-01-02T00:00:00.000Z',
    }),
    task({
      backupSetDownloadStatus: 'stop',
      state: 'failed',
      errMessage: 'disk full, see https://h.example/a?Signature=x',
      backupPlanId: 'plan1',
      backupSetDataSize: 5,
      backupSetDownloadCreateTime: '2026-01-01T23:00:00.000Z',
    }),
    task({ state: 'failed', backupSetDownloadStatus: 'stop' }),
  ])
  expect(summary).toStrictEqual({
    count: 3,
    bytes: 15,
    byStatus: {
      groups: [
        { name: 'stop', count: 2, bytes: 5 },
        { name: 'finish', count: 1, bytes: 10 },
      ],
    },
    byState: {
      groups: [
        { name: 'failed', count: 2, bytes: 5 },
        { name: 'done', count: 1, bytes: 10 },
      ],
    },
    byDatabase: { groups: [{ name: 'MySQL', count: 1, bytes: 10 }], without: { count: 2, bytes: 5 } },
    byPlan: { groups: [{ name: 'dbsplan1', count: 2, bytes: 15 }], without: { count: 1, bytes: 0 } },
    byDay: {
      groups: [
        { name: '2026-01-01', count: 1, bytes: 5 },
        { name: '2026-01-02', count: 1, bytes: 10 },
      ],
      without: { count: 1, bytes: 0 },
    },
    failures: {
      groups: [{ name: 'disk full, see https://h.example/a?***', count: 1, bytes: 5 }],
      without: { count: 1, bytes: 0 },
    },
    slowest: [],
  })
})

test('bytes are summed exactly beyond 2^53', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n })), (sizes) => {
      const fold = new SummaryFold()
      for (const size of sizes) fold.add(task({ backupSetDataSize: String(size) }))
      expect(BigInt(fold.summary().bytes)).toBe(sizes.reduce((sum, size) => sum + size, 0n))
    }),
  )
})

test('days are those of the zone', async () => {
  const created = task({ backupSetDownloadCreateTime: '2026-01-01T16:00:00.000Z' })
  expect((await summarise([created], { timeZone: 'Asia/Shanghai' })).byDay.groups[0]?.name).toBe('2026-01-02')
})

test('the slowest are kept in order, without links', async () => {
  const tasks = [3, 1, 5, 4].map((durationMs) => task({ durationMs, backupSetDownloadInternetUrl: 'https://h.example/?s=1' }))
  const { slowest } = await summarise(tasks, { slowest: 2 })
  expect(slowest).toEqual([task({ durationMs: 5 }), task({ durationMs: 4 })])
})

test('groups beyond the bound are counted together', async () => {
  const tasks = ['a', 'b', 'c', 'a', 'd'].map((backupSetDbType) => task({ backupSetDbType, backupSetDataSize: 1 }))
  expect((await summarise(tasks, { maxGroups: 2 })).byDatabase).toEqual({
    groups: [
      { name: 'a', count: 2, bytes: 2 },
      { name: 'b', count: 1, bytes: 1 },
    ],
    other: { count: 2, bytes: 2 },
  })
})

test('a name without end takes bounded room', async () => {
  const { byDatabase } = await summarise([task({ backupSetDbType: 'x'.repeat(1_000_000) })])
  expect(byDatabase.groups[0]?.name).toHaveLength(200)
})

test('a summary survives JSON, hostile names included', async () => {
  const summary = await summarise([task({ backupSetDbType: '__proto__', durationMs: 1 }), task({ backupSetDbType: 'constructor' })])
  expect(JSON.parse(JSON.stringify(summary))).toEqual(summary)
})

async function* arriving(tasks: readonly DownloadTask[]): AsyncGenerator<DownloadTask> {
  yield* tasks
}

test('a list is folded as it comes', async () => {
  expect((await summarise(arriving([task(), task(), task()]))).count).toBe(3)
})

test('an empty list is all zero', async () => {
  expect(await summarise([])).toMatchObject({ count: 0, bytes: 0, byDay: { groups: [] } })
})
