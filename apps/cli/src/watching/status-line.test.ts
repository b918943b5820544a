import { expect, test } from 'vitest'
import type { DbsClient, DownloadTask } from '@backset/core'
import { statusLines } from './status-line.js'
import { watchedList, type WatchedList } from './watched-list.js'

const list = (backupPlanId: string, seen: Partial<WatchedList> = {}): WatchedList =>
  Object.assign(watchedList({ client: undefined as unknown as DbsClient, region: undefined, backupPlanId }), seen)
const task = (state: DownloadTask['state']): DownloadTask => ({ backupSetDownloadTaskId: state, state })
const noon = Date.UTC(2026, 0, 1, 12)
const lines = (lists: readonly WatchedList[], tasks: readonly DownloadTask[] = [], timeZone = 'UTC') =>
  statusLines({ lists, tasks, interval: '10s', timeZone })

test('counts stand by state, before the time and the interval', () => {
  const tasks = [task('active'), task('done'), task('active'), task('suspended')]
  expect(lines([list('a', { seenAt: noon })], tasks)).toEqual(['4 tasks: 2 active, 1 done, 1 suspended; seen 12:00:00 UTC, every 10s'])
  expect(lines([list('a', { seenAt: noon })], [task('done')], 'Asia/Shanghai')).toEqual(['1 task: 1 done; seen 20:00:00 GMT+8, every 10s'])
})

test('a list that was not seen yet is told', () => {
  expect(lines([list('a')])).toEqual(['0 tasks; not seen yet, every 10s'])
  expect(lines([list('a'), list('b', { seenAt: noon })])).toEqual(['0 tasks; 1 of 2 plans not seen yet, every 10s'])
})

test('of several lists the one seen the longest ago counts', () => {
  expect(lines([list('a', { seenAt: noon }), list('b', { seenAt: noon - 61_000 })])).toEqual(['0 tasks; seen 11:58:59 UTC, every 10s'])
})

test('what fails stands above', () => {
  const failure = new Error('DBS is away.')
  expect(lines([list('a', { seenAt: noon, failure })])[0]).toBe('! cannot be seen now: DBS is away.')
  expect(lines([list('a', { seenAt: noon }), list('b', { seenAt: noon, failure })])[0]).toBe(
    '! cannot be seen now: 1 of 2 plans, b for one: DBS is away.',
  )
})
