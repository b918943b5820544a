import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DownloadTask } from '../schemas/download-task.js'
import { parseSort } from './task-sort.js'

const task = (backupSetDownloadTaskId: string, fields: Partial<DownloadTask> = {}): DownloadTask => ({
  backupSetDownloadTaskId,
  state: 'done',
  ...fields,
})
const order = (sort: string, tasks: readonly DownloadTask[]): string =>
  tasks
    .toSorted(parseSort(sort))
    .map(({ backupSetDownloadTaskId: id }) => id)
    .join('')

test('sizes are compared exactly beyond 2^53', () => {
  const sizes = ['9007199254740994', '9007199254740993', 5, '10000000000000000000']
  const tasks = sizes.map((backupSetDataSize, at) => task('abcd'.charAt(at), { backupSetDataSize }))
  expect([order('size', tasks), order('-size', tasks)]).toEqual(['cbad', 'dabc'])
})

test('a task without the field comes last either way', () => {
  const tasks = [task('a'), task('b', { durationMs: 2 }), task('c', { durationMs: 1 })]
  expect([order('duration', tasks), order('-duration', tasks)]).toEqual(['cba', 'bca'])
})

test('equals keep their order, later keys decide', () => {
  const tasks = [
    task('a', { backupPlanId: '2', errMessage: 'x' }),
    task('b', { backupPlanId: '1', errMessage: 'x' }),
    task('c', { backupPlanId: '2', errMessage: 'x' }),
  ]
  expect([order('error', tasks), order('error, -planId', tasks)]).toEqual(['abc', 'acb'])
})

test('ids sort as text, digits or not', () => {
  expect(order('gatewayId', [task('a', { backupGatewayId: 'gw-2' }), task('b', { backupGatewayId: '10' })])).toBe('ba')
})

test.each(['', '-', 'createTime,', 'raw', 'nosuch'])('sort by %j is refused', (sort) => {
  expect(() => parseSort(sort)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
})

test('an order is the same from any beginning', () => {
  const size = fc.option(fc.oneof(fc.nat(3), fc.constantFrom('9007199254740993', '9007199254740994')), { nil: undefined })
  fc.assert(
    fc.property(fc.array(size, { maxLength: 8 }), (sizes) => {
      const tasks = sizes.map((backupSetDataSize, at) => task(String(at), backupSetDataSize === undefined ? {} : { backupSetDataSize }))
      expect(order('-size,id', tasks.toReversed())).toBe(order('-size,id', tasks))
    }),
  )
})
