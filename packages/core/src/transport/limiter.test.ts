import fc from 'fast-check'
import { expect, test } from 'vitest'
import { simulate, tokenBucket } from '../../test/pace-model.js'
import { turnedClock, type TurnedClock } from '../../test/turned-clock.js'
import { AbortedError } from '../errors/aborted-error.js'
import { AdaptivePace } from './limiter.js'

const seeds = fc.integer({ min: 1, max: 2 ** 31 })

/** A pace that a limit of 20 a second has slowed down. */
async function slowed(clock: TurnedClock): Promise<AdaptivePace> {
  const pace = new AdaptivePace(clock)
  for (let tick = 0; tick < 60; tick++) {
    pace.succeeded()
    await clock.turn(50)
  }
  pace.throttled()
  return pace
}

test('before the first throttle nobody waits', async () => {
  const clock = turnedClock()
  const pace = new AdaptivePace(clock)
  await Promise.all(Array.from({ length: 1000 }, () => pace.turn('account')))
  expect(clock.monotonic()).toBe(0)
})

test('turns come in order and apart', async () => {
  const clock = turnedClock()
  const pace = await slowed(clock)
  const from = clock.monotonic()
  const turns: [number, number][] = []
  const work = Array.from({ length: 5 }, async (_, number) => {
    await pace.turn('account')
    turns.push([number, Math.round(((clock.monotonic() - from) * pace.rate) / 10) * 10])
  })
  await clock.turnUntil(Promise.all(work))
  expect(pace.rate).toBeCloseTo(18, 0)
  expect(turns).toEqual([0, 1, 2, 3, 4].map((number) => [number, number * 1000]))
})

test('who leaves goes at once and costs nothing', async () => {
  const clock = turnedClock()
  const pace = await slowed(clock)
  await pace.turn('account')
  const leaver = new AbortController()
  const leaving = Array.from({ length: 8 }, () => pace.turn('account', leaver.signal).catch((error: unknown) => error))
  const from = clock.monotonic()
  const next = pace.turn('account')
  leaver.abort()
  for (const error of await Promise.all(leaving)) expect(error).toBeInstanceOf(AbortedError)
  expect(clock.monotonic()).toBe(from)
  await clock.turnUntil(next)
  expect(clock.monotonic() - from).toBeCloseTo(1000 / pace.rate)
  expect(clock.sleepers()).toBe(0)
})

test('who is aborted already has no turn', async () => {
  const pace = new AdaptivePace(turnedClock())
  await expect(pace.turn('account', AbortSignal.abort())).rejects.toBeInstanceOf(AbortedError)
})

test('under a fixed limit it settles just below', async () => {
  await fc.assert(
    fc.asyncProperty(seeds, fc.constantFrom(5, 10, 20, 100), fc.constantFrom(10, 50, 200, 800), async (seed, limit, latencyMs) => {
      const { successes, throttles } = await simulate({ seed, latencyMs, seconds: 60, accepts: () => tokenBucket(limit) })
      expect(successes(20, 60)).toBeGreaterThan(0.9 * Math.min(limit, (16 * 1000) / latencyMs))
      expect(throttles(20, 60)).toBeLessThan(0.2 * limit)
    }),
    { numRuns: 12, examples: [[220_134_830, 5, 200]] }, // where a cut by one second's count ended above the limit
  )
})

test('random throttles do not bring it to a stand', async () => {
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      const { successes } = await simulate({ seed, latencyMs: 50, seconds: 60, accepts: (random) => () => random() >= 0.3 })
      expect(successes(0, 60)).toBeGreaterThan(20)
      for (let from = 0; from < 60; from += 10) expect(successes(from, from + 10)).toBeGreaterThan(5)
    }),
    { numRuns: 12 },
  )
})

test('a limit that is lifted is found out', async () => {
  const { successes } = await simulate({
    seed: 1,
    latencyMs: 50,
    seconds: 120,
    accepts: () => {
      const bucket = tokenBucket(20)
      return (now) => now > 30_000 || bucket(now)
    },
  })
  expect(successes(110, 120)).toBeGreaterThan(100)
})
