import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DownloadTask } from '../schemas/download-task.js'
import { changesBetween, taskKey, type TaskEvent } from './changes.js'

const task = (backupSetDownloadTaskId: string, fields: Partial<DownloadTask> = {}): DownloadTask => ({
  backupSetDownloadTaskId,
  state: 'active',
  ...fields,
})
const between = (earlier: readonly DownloadTask[], later: readonly DownloadTask[]): TaskEvent[] => [...changesBetween(earlier, later)]
const words = (events: readonly TaskEvent[]): string[] => events.map(({ event, task: { backupSetDownloadTaskId: id } }) => `${event} ${id}`)

test('each event carries both looks where there are two', () => {
  const [old, now, done, lost] = [task('a'), task('a', { backupSetDataSize: 1 }), task('b', { state: 'done' }), task('c')]
  expect(between([old, lost], [now, done])).toEqual([
    { event: 'changed', task: now, before: old },
    { event: 'created', task: done },
    { event: 'gone', task: lost, before: lost },
  ])
})

test.each<[DownloadTask['state'], DownloadTask['state'], string]>([
  ['active', 'done', 'finished'],
  ['active', 'failed', 'failed'],
  ['failed', 'done', 'finished'],
  ['active', 'suspended', 'changed'],
  ['done', 'active', 'changed'],
])('from %s to %s is %s', (from, to, event) => {
  expect(words(between([task('a', { state: from })], [task('a', { state: to })]))).toEqual([`${event} a`])
})

test('a finished task that changes again is changed', () => {
  expect(words(between([task('a', { state: 'done' })], [task('a', { state: 'done', errMessage: 'late' })]))).toEqual(['changed a'])
})

const linked = (backupSetDownloadInternetUrl: string): DownloadTask => task('a', { backupSetDownloadInternetUrl })

test('links signed anew are no event', () => {
  expect(between([linked('https://h.example/?s=1')], [linked('https://h.example/?s=2')])).toEqual([])
})

test('another order alone is no event', () => {
  const [a, b] = [task('a'), task('b')]
  expect(between([a, b], [b, a])).toEqual([])
})

test('a task shown twice has one event', () => {
  expect(words(between([], [task('a'), task('a')]))).toEqual(['created a'])
})

test('one id in two regions is two tasks', () => {
  const [here, there] = [task('a', { region: 'cn-hangzhou' }), task('a', { region: 'cn-beijing' })]
  expect(between([here], [there]).map(({ event, task: { region } }) => [event, region])).toEqual([
    ['created', 'cn-beijing'],
    ['gone', 'cn-hangzhou'],
  ])
})

const tasksOf = (rows: readonly { id: string; state: DownloadTask['state']; size: number }[]): DownloadTask[] =>
  rows.map(({ id, state, size }) => task(id, { state, backupSetDataSize: size }))

test('events applied to the earlier look give the later', () => {
  const look = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      state: fc.constantFrom('active' as const, 'done' as const, 'failed' as const),
      size: fc.nat(2),
    }),
    { selector: ({ id }) => id },
  )
  fc.assert(
    fc.property(look, look, (a, b) => {
      const [earlier, later] = [tasksOf(a), tasksOf(b)]
      const held = new Map(earlier.map((one) => [taskKey(one), one]))
      for (const { event, task: one } of changesBetween(earlier, later)) {
        if (event === 'gone') held.delete(taskKey(one))
        else held.set(taskKey(one), one)
      }
      expect(held).toEqual(new Map(later.map((one) => [taskKey(one), one])))
    }),
  )
})
