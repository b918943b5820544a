import { expect, test } from 'vitest'
import type { DownloadTask } from '../schemas/download-task.js'
import { compileFilter } from './compile-filter.js'
import { TaskFilter, type TaskFilterInput } from './task-filter.js'

const now = new Date('2026-11-24T12:00:00Z')
const task: DownloadTask = {
  backupSetDownloadTaskId: 'a',
  backupSetDownloadTaskName: '1h7za2yws-ManualCont',
  backupSetDbType: 'MySQL',
  backupSetDownloadWay: 'manual',
  backupSetJobType: 'cbs_backup_sub_cont',
  backupSetDataFormat: 'Native',
  backupSetDataSize: '9007199254740993',
  backupSetDownloadStatus: 'finish',
  backupSetDownloadCreateTime: '2026-11-20T00:00:00.000Z',
  state: 'done',
}
const passes = (filter: TaskFilterInput, fields: Partial<DownloadTask> = {}): boolean =>
  compileFilter(filter, { now, timeZone: 'UTC' })({ ...task, ...fields })

test.each<[TaskFilterInput, boolean]>([
  [{}, true],
  [{ status: 'finish' }, true],
  [{ status: 'running, Done' }, true],
  [{ status: ['failed', 'active,suspended'] }, false],
  [{ dbType: 'mysql' }, true],
  [{ dbType: ['Redis'] }, false],
  [{ way: 'auto' }, false],
  [{ jobType: 'cbs_backup_sub_cont' }, true],
  [{ dataFormat: 'csv,native' }, true],
  [{ name: '*-ManualCont' }, true],
  [{ name: ['x*', '1h7*'] }, true],
  [{ name: 'x*' }, false],
  [{ minSize: '9007199254740993' }, true],
  [{ minSize: '9007199254740994' }, false],
  [{ maxSize: '9007199254740992' }, false],
  [{ maxSize: '9007199254740993' }, true],
  [{ minSize: 5 }, true],
  [{ since: '7d' }, true],
  [{ since: '3d' }, false],
  [{ since: '2026-11-20' }, true],
  [{ until: '2026-11-20' }, false],
  [{ until: '2026-11-20T00:00:00.001Z' }, true],
  [{ status: 'done', way: 'auto' }, false],
])('%j passes: %s', (filter, expected) => {
  expect(passes(filter)).toBe(expected)
})

test('dates without a zone are in the given one', () => {
  const inShanghai = compileFilter({ until: '2026-11-20T08:00' }, { now, timeZone: 'Asia/Shanghai' })
  expect(inShanghai(task)).toBe(false)
})

test('a status DBS added is in unknown', () => {
  expect(passes({ status: 'unknown' }, { backupSetDownloadStatus: 'expired', state: 'unknown' })).toBe(true)
})

test('a task without the field does not pass', () => {
  const { backupSetDownloadTaskId, state } = task
  for (const filter of [{ since: '7d' }, { until: '1d' }, { minSize: 0 }, { maxSize: '1EB' }, { name: '*' }, { dbType: 'MySQL' }]) {
    expect(compileFilter(filter, { now })({ backupSetDownloadTaskId, state })).toBe(false)
  }
})

test.each<[TaskFilterInput, string]>([
  [{ status: 'finsh' }, 'Did you mean finish?'],
  [{ status: [] }, 'status'],
  [{ way: 'manual,' }, 'empty'],
  [{ since: '7x' }, 'since is "7x"'],
  [{ until: '2026-02-30' }, 'until'],
  [{ name: '[a' }, 'no ]'],
  [{ minSize: '10G' }, 'minSize is "10G"'],
  [{ maxSize: -1 }, ''],
  [{ since: '1d', until: '2d' }, 'not before until'],
  [{ since: '2026-01-02', until: '2026-01-01T23:59Z' }, 'since is not before until'],
  [{ since: '2026-01-02', until: '2026-01-02' }, 'since is not before until'],
  [{ minSize: '2KiB', maxSize: 2047 }, 'minSize is larger than maxSize'],
  [{ stauts: 'done' } as TaskFilterInput, 'stauts'],
])('%j is refused and says %j', (filter, words) => {
  expect(() => passes(filter)).toThrow(expect.objectContaining({ code: 'invalid-input', message: expect.stringContaining(words) }))
})

test('one size is a range', () => {
  expect(passes({ minSize: '1KiB', maxSize: 1024 }, { backupSetDataSize: 1024 })).toBe(true)
})

test('a refusal names the field', () => {
  expect(() => passes({ minSize: 'x' })).toThrow(expect.objectContaining({ field: 'minSize' }))
})

test('the schema alone finds every fault', () => {
  const issues = TaskFilter.safeParse({ since: '7x', minSize: 'big', status: 'finsh' }).error?.issues
  expect(issues?.map(({ path }) => path[0])).toEqual(['status', 'since', 'minSize'])
})

test('a checked filter can be checked again', () => {
  const once = TaskFilter.parse({ status: 'finish,Failed', since: '7d', name: 'a*', minSize: '1GiB' })
  expect(TaskFilter.parse(once)).toEqual(once)
})
