import { stateOf, type DownloadTask } from '@backset/core'
import { expect, test } from 'vitest'
import { waitLines } from './wait-lines.js'

const now = Date.UTC(2026, 0, 15, 12)
const taskOf = (status: string, sinceMs: number, more: Partial<DownloadTask> = {}): DownloadTask => ({
  backupSetDownloadTaskId: 'urx1',
  backupSetDownloadStatus: status,
  backupSetDownloadCreateTime: new Date(now - sinceMs).toISOString(),
  state: stateOf(status),
  ...more,
})
const line = (task: DownloadTask | undefined, usualMs?: number) => waitLines([{ taskId: 'urx1', task, usualMs }], now)[0]

test.each([
  [undefined, undefined, 'urx1  not seen yet'],
  [taskOf('running', 125_400), undefined, 'urx1  running  since 2m05s'],
  [taskOf('running', 125_400), 305_000, 'urx1  running  since 2m05s  about 3m00s left'],
  [taskOf('running', 125_400), 60_000, 'urx1  running  since 2m05s  longer than the usual 1m00s'],
  [taskOf('checking', -3000), undefined, 'urx1  checking'],
  [taskOf('finish', 0, { durationMs: 61_000 }), 60_000, 'urx1  finish  took 1m01s'],
  [taskOf('stop', 0), 60_000, 'urx1  stop'],
] as const)('%j, usually %s', (task, usualMs, text) => {
  expect(line(task, usualMs)).toBe(text)
})

test('of many tasks those that go on are shown, and the others counted', () => {
  const looks = Array.from({ length: 30 }, (_, at) => ({
    taskId: `urx${at}`,
    task: taskOf(at < 25 ? 'finish' : 'running', 1000),
    usualMs: undefined,
  }))
  const lines = waitLines(looks, now)
  expect(lines).toHaveLength(10)
  expect(lines[0]).toBe('urx25  running  since 1s')
  expect(lines.at(-1)).toBe('and 21 more; 25 have ended')
})
