import { expect, test } from 'vitest'
import { TimedOutError } from '../src/errors/timed-out-error.js'
import { startDeadline } from '../src/transport/deadline.js'
import { refusal } from './scripted-dispatcher.js'
import { fine, read, scene } from './transport-scene.js'

test('an attempt without an answer is given up and repeated', async () => {
  const { run, clock } = scene(['silence', fine])
  expect(await run(read)).toMatchObject({ attempts: 2 })
  expect(clock.monotonic()).toBe(10_000 + 50)
})

test('a service that stays silent is unreachable', async () => {
  const { run, clock } = scene(['silence'])
  expect(await run(read)).toMatchObject({ code: 'unreachable', attempts: 5, message: expect.stringContaining('--attempt-timeout') })
  expect(clock.monotonic()).toBeLessThan(60_000)
  expect(clock.sleepers()).toBe(0)
})

test('all attempts of a request together have a minute', async () => {
  const { run, clock } = scene(['silence'], { maxAttempts: 99 })
  expect(await run(read)).toMatchObject({ code: 'unreachable', message: expect.stringContaining('--request-timeout') })
  expect(clock.monotonic()).toBe(60_000)
})

test('out of time before its turn, the refusal counts', async () => {
  let turns = 0
  const { run, clock } = scene([refusal('Throttling')], {
    pace: {
      turn: (_, signal) => (turns++ === 0 ? Promise.resolve() : clock.sleep(1e9, signal)),
      throttled: () => undefined,
      succeeded: () => undefined,
    },
  })
  expect(await run(read)).toMatchObject({ code: 'throttled', attempts: 1 })
  expect(clock.monotonic()).toBe(60_000)
})

test('the caller’s deadline ends it with its own error', async () => {
  const { run, clock } = scene(['silence'])
  using total = startDeadline(clock, 3000, () => new TimedOutError(3000))
  expect(await run(read, { signal: total.signal, leftMs: total.leftMs })).toMatchObject({ code: 'timed-out', attempts: 1 })
  expect(clock.monotonic()).toBe(3000)
})

test('an abort ends it, wherever it is', async () => {
  for (const script of [['silence'], [refusal('Throttling', 400, { 'x-acs-retry-after': '9000' })]] as const) {
    const { caller, clock } = scene(script)
    const leaver = new AbortController()
    const ended = caller.call(read, { signal: leaver.signal }).catch((error: unknown) => error)
    await clock.turn(10)
    leaver.abort()
    expect(await ended).toMatchObject({ code: 'aborted', attempts: 1 })
    expect(clock.sleepers()).toBe(0)
  }
})

test('an abort beforehand sends nothing', async () => {
  const { run, sent } = scene([fine])
  expect(await run(read, { signal: AbortSignal.abort() })).toMatchObject({ code: 'aborted', attempts: 0 })
  expect(sent).toEqual([])
})

test('the minute begins when a slot is free', async () => {
  const { caller, clock, sent } = scene(['silence', 'silence', fine], { maxInFlight: 1, maxAttempts: 1, attemptTimeoutMs: 50_000 })
  const ended = Promise.allSettled([caller.call(read), caller.call(read), caller.call(read)])
  expect((await clock.turnUntil(ended)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
  expect(clock.monotonic()).toBe(100_000)
  expect(sent).toHaveLength(3)
})

test('no more are in flight than there are slots', async () => {
  const { caller, clock, sent } = scene(['silence'], { maxInFlight: 2, maxAttempts: 1 })
  const calls = [1, 2, 3, 4, 5].map(() => caller.call(read).catch((error: unknown) => error))
  await clock.turn(9999)
  expect(sent).toHaveLength(2)
  await clock.turn(1)
  expect(sent).toHaveLength(4)
  await clock.turnUntil(Promise.all(calls))
})
