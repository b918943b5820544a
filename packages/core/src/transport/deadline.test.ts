import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { turnedClock } from '../../test/turned-clock.js'
import { systemClock } from '../clock.js'
import { TimedOutError } from '../errors/timed-out-error.js'
import { startDeadline } from './deadline.js'

const never = (): TimedOutError => new TimedOutError(0)

test('a deadline aborts with its error, on time', async () => {
  const clock = turnedClock()
  const error = new TimedOutError(1000)
  using deadline = startDeadline(clock, 1000, () => error)
  await clock.turn(999)
  expect(deadline.signal.aborted).toBe(false)
  expect(deadline.leftMs()).toBe(1)
  await clock.turn(1)
  expect(deadline.signal.reason).toBe(error)
  expect(deadline.leftMs()).toBe(0)
})

test('without a limit it ends with its parents alone', async () => {
  const clock = turnedClock()
  const controller = new AbortController()
  using deadline = startDeadline(clock, undefined, never, undefined, new AbortController().signal, controller.signal)
  await clock.turn(1e9)
  expect([deadline.signal.aborted, deadline.leftMs(), clock.sleepers()]).toEqual([false, Infinity, 0])
  controller.abort('enough')
  expect(deadline.signal.reason).toBe('enough')
})

test('a parent that has ended already ends it at once', () => {
  const clock = turnedClock()
  using deadline = startDeadline(clock, 1000, never, AbortSignal.abort('before'))
  expect(deadline.signal.reason).toBe('before')
  expect(clock.sleepers()).toBe(0)
})

test('the nearer of two nested deadlines wins', async () => {
  const clock = turnedClock()
  using outer = startDeadline(clock, 1000, () => new TimedOutError(1000))
  using inner = startDeadline(clock, 5000, () => new TimedOutError(5000), outer.signal)
  await clock.turn(1000)
  expect(inner.signal.reason).toBe(outer.signal.reason)
})

test('disposed of, it leaves no timer and no listener', async () => {
  const clock = turnedClock()
  const parent = new AbortController()
  for (let request = 0; request < 500; request++) startDeadline(clock, 1000, never, parent.signal)[Symbol.dispose]()
  await clock.turn(0)
  expect(clock.sleepers()).toBe(0)
  expect(getEventListeners(parent.signal, 'abort')).toHaveLength(0)
})

test('disposed of, it no longer aborts', async () => {
  const clock = turnedClock()
  const deadline = startDeadline(clock, 1000, never)
  deadline[Symbol.dispose]()
  await clock.turn(2000)
  expect(deadline.signal.aborted).toBe(false)
})

test('hundreds on one signal raise no warning', async () => {
  const parent = new AbortController()
  const warnings: Error[] = []
  const keep = (warning: Error): void => void warnings.push(warning)
  process.on('warning', keep)
  const deadlines = Array.from({ length: 300 }, () => startDeadline(turnedClock(), 1000, never, parent.signal))
  await new Promise<void>((resolve) => setImmediate(resolve))
  process.off('warning', keep)
  for (const deadline of deadlines) deadline[Symbol.dispose]()
  expect(warnings).toEqual([])
})

test('a deadline beyond the longest timer does not end at once', async () => {
  using deadline = startDeadline(systemClock, 2 ** 40, never)
  await new Promise<void>((resolve) => setImmediate(resolve))
  expect(deadline.signal.aborted).toBe(false)
})
