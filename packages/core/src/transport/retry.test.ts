import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pauseBeforeNext, RetryBudget } from './retry.js'

const room = { maxAttempts: 5, leftMs: 60_000 }
const failure = { retryable: true, throttled: false }
const throttle = { retryable: true, throttled: true }
const highest = (): number => 1 - Number.EPSILON
const half = (): number => 0.5

test.each([
  ['the first pause is up to 100 ms', failure, 1, room, half, 50],
  ['each further pause may be twice as long', failure, 4, room, half, 400],
  ['after a throttle it is up to 500 ms', throttle, 1, room, half, 250],
  ['and doubles there too', throttle, 3, room, half, 1000],
  ['no pause is over 20 s', throttle, 12, { maxAttempts: 99, leftMs: Infinity }, half, 10_000],
  ['a server’s hint wins over the dice', { ...throttle, retryAfterMs: 3000 }, 1, room, half, 3000],
  ['a hint is followed for a minute at most', { ...throttle, retryAfterMs: 90_000 }, 1, { ...room, leftMs: Infinity }, half, 60_000],
  ['a hint beyond the deadline fails now', { ...throttle, retryAfterMs: 60_000 }, 1, room, half, undefined],
  ['even one that would be cut to less', { ...throttle, retryAfterMs: 90_000 }, 1, { ...room, leftMs: 70_000 }, half, undefined],
  ['a pause beyond the deadline is not begun', failure, 1, { ...room, leftMs: 50 }, half, undefined],
  ['the last attempt has no next', failure, 5, room, half, undefined],
  ['what cannot be cured is not repeated', { ...failure, retryable: false }, 1, room, half, undefined],
  ['not even where the server gives a hint', { ...throttle, retryable: false, retryAfterMs: 1 }, 1, room, half, undefined],
])('%s', (_, given, attempt, left, dice, pauseMs) => {
  expect(pauseBeforeNext(given, attempt, left, dice)).toBe(pauseMs)
})

test('every pause ends before the deadline', () => {
  fc.assert(
    fc.property(
      fc.record({ retryable: fc.boolean(), throttled: fc.boolean(), retryAfterMs: fc.option(fc.nat(200_000), { nil: undefined }) }),
      fc.integer({ min: 1, max: 2000 }),
      fc.nat(100_000),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (given, attempt, leftMs, dice) => {
        const pauseMs = pauseBeforeNext(given, attempt, { maxAttempts: 3000, leftMs }, () => dice)
        if (pauseMs === undefined) return
        expect(given.retryable).toBe(true)
        expect(pauseMs).toBeGreaterThanOrEqual(0)
        expect(pauseMs).toBeLessThan(leftMs)
        expect(pauseMs).toBeLessThanOrEqual(given.retryAfterMs === undefined ? 20_000 : 60_000)
      },
    ),
  )
})

test('jitter reaches from nothing to the whole', () => {
  expect(pauseBeforeNext(failure, 1, room, () => 0)).toBe(0)
  expect(pauseBeforeNext(failure, 1, room, highest)).toBeCloseTo(100)
})

test('a hundred retries empty the budget', () => {
  const budget = new RetryBudget()
  for (let retry = 0; retry < 100; retry++) expect(budget.take(false)).toBe(5)
  expect(budget.take(false)).toBe(0)
})

test('a time-out costs twice as much', () => {
  const budget = new RetryBudget()
  for (let retry = 0; retry < 50; retry++) expect(budget.take(true)).toBe(10)
  expect(budget.take(true)).toBe(0)
})

test('a success gives back what its retries took', () => {
  const budget = new RetryBudget()
  const taken = Array.from({ length: 100 }, () => budget.take(false)).reduce((sum, cost) => sum + cost, 0)
  budget.giveBack(taken)
  for (let retry = 0; retry < 100; retry++) expect(budget.take(false)).toBe(5)
})

test('a success without retries gives back one', () => {
  const budget = new RetryBudget()
  while (budget.take(false) > 0);
  for (let success = 0; success < 4; success++) budget.giveBack(0)
  expect(budget.take(false)).toBe(0)
  budget.giveBack(0)
  expect(budget.take(false)).toBe(5)
})

test('the budget never grows beyond what it began with', () => {
  const budget = new RetryBudget()
  budget.giveBack(1000)
  for (let retry = 0; retry < 100; retry++) budget.take(false)
  expect(budget.take(false)).toBe(0)
})
