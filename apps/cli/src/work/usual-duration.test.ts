import type { DownloadTask } from '@backset/core'
import { expect, test } from 'vitest'
import { usualDuration } from './usual-duration.js'

const finished = (size: number | undefined, durationMs: number): DownloadTask => ({
  backupSetDownloadTaskId: `urx${size}`,
  state: 'done',
  durationMs,
  ...(size !== undefined && { backupSetDataSize: size }),
})
const task = (size?: number | string): DownloadTask => ({
  backupSetDownloadTaskId: 'urx',
  state: 'active',
  ...(size !== undefined && { backupSetDataSize: size }),
})

test('is the median of those whose sizes are nearest', () => {
  const small = Array.from({ length: 15 }, (_, at) => finished(1000 + at, 10_000 + at))
  const large = Array.from({ length: 15 }, (_, at) => finished(10 ** 9 + at, 600_000 + at))
  expect(usualDuration(task(2000), [...large, ...small])).toBe(10_007)
  expect(usualDuration(task('9007199254740993'), [...small, ...large])).toBe(600_007)
})

test('without a size is the median of those at hand', () => {
  expect(usualDuration(task(), [finished(undefined, 3), finished(1, 1), finished(undefined, 2)])).toBe(2)
  expect(usualDuration(task(5), [finished(undefined, 3), finished(undefined, 1), finished(undefined, 2)])).toBe(2)
})

test('is not known from two, or from tasks that did not finish', () => {
  expect(usualDuration(task(1), [finished(1, 1), finished(1, 1)])).toBeUndefined()
  const failed = { ...finished(1, 5), state: 'failed' as const }
  expect(usualDuration(task(1), [failed, failed, failed, finished(1, 0)])).toBeUndefined()
})
