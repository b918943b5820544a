import { taskFields, type DownloadTask } from '@backset/core'
import { expect, test } from 'vitest'
import { rowOrder } from './row-order.js'
import { taskRows } from './task-rows.js'

const task = (id: string, over: Partial<DownloadTask> = {}): DownloadTask => ({ backupSetDownloadTaskId: id, state: 'done', ...over })
const sorted = (rows: readonly DownloadTask[], ...keys: readonly string[]): string =>
  rows
    .toSorted(rowOrder(taskRows, keys))
    .map(({ backupSetDownloadTaskId: id }) => id)
    .join('')

test('sizes are ordered exactly, beyond 2^53 too', () => {
  const rows = [
    task('c', { backupSetDataSize: '9007199254740994' }),
    task('b', { backupSetDataSize: '9007199254740993' }),
    task('a', { backupSetDataSize: 7 }),
  ]
  expect([sorted(rows, 'size'), sorted(rows, '-size')]).toEqual(['abc', 'cba'])
})

test('rows without the value come last either way', () => {
  const rows = [task('x'), task('a', { errMessage: 'a' }), task('b', { errMessage: 'b' })]
  expect([sorted(rows, 'error'), sorted(rows, '-error')]).toEqual(['abx', 'bax'])
})

test('a second key decides among equals', () => {
  const rows = [task('a', { backupPlanId: 'p' }), task('b', { backupPlanId: 'p' }), task('c', { backupPlanId: 'o' })]
  expect([sorted(rows, 'planId', '-taskId'), sorted(rows, 'planId')]).toEqual(['cba', 'cab'])
})

test('a field nobody knows is refused', () => {
  expect(() => rowOrder(taskRows, ['-creatTime'])).toThrow(expect.objectContaining({ code: 'invalid-input' }))
})

test('every field of a task is a column', () => {
  expect(taskRows.columns.map(({ name }) => name).toSorted()).toEqual([...taskFields].toSorted())
})
