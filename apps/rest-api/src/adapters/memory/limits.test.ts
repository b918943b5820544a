import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { MemoryQuota } from './limits.js'

// The library has the system's clock and timers in it.
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const setUp = (maxIds?: number) => new MemoryQuota({ now: () => Date.now(), ...(maxIds !== undefined && { maxIds }) })
const rule = { limit: 2, windowMs: 1000 }

test('so many are let through a window, and then none', async () => {
  const quota = setUp()
  expect(await quota.take('a', rule)).toEqual({ ok: true, remaining: 1, resetMs: 1000 })
  vi.advanceTimersByTime(400)
  expect(await quota.take('a', rule)).toEqual({ ok: true, remaining: 0, resetMs: 600 })
  expect(await quota.take('a', rule)).toEqual({ ok: false, remaining: 0, resetMs: 600 })
  vi.advanceTimersByTime(600)
  expect(await quota.take('a', rule)).toEqual({ ok: true, remaining: 1, resetMs: 1000 })
})

test('each id is counted for itself', async () => {
  const quota = setUp()
  for (let at = 0; at < 5; at++) await quota.take('noisy', rule)
  expect(await quota.take('quiet', rule)).toMatchObject({ ok: true, remaining: 1 })
})

test('a crowd of new ids shares one count, and who was there keeps its own', async () => {
  const quota = setUp(10)
  for (let at = 0; at < 10; at++) await quota.take(`id-${at}`, rule)
  const crowd = await Promise.all(Array.from({ length: 100 }, (_, at) => quota.take(`more-${at}`, rule)))
  expect(crowd.filter(({ ok }) => ok)).toHaveLength(2)
  expect(await quota.take('id-0', rule)).toMatchObject({ ok: true, remaining: 0 })
  vi.advanceTimersByTime(1000)
  expect(await quota.take('more-1', rule)).toMatchObject({ ok: true, remaining: 1 })
})
