import { expect, test } from 'vitest'
import { AdaptivePace, DbsClient } from '../src/index.js'
import { openCaller } from '../src/transport/call.js'
import { dice, tokenBucket } from './pace-model.js'
import { refusal, ruledDispatcher } from './scripted-dispatcher.js'
import { callerParts, fine, read } from './transport-scene.js'
import { turnedClock } from './turned-clock.js'

/** Readers that share a caller until so many reads are made, against a service of 50 ms that takes what the rule accepts. */
async function readAll(reads: number, readers: number, acceptsAt: (now: number) => boolean) {
  const clock = turnedClock()
  const { dispatcher, sent } = ruledDispatcher(async () => {
    const accepted = acceptsAt(clock.monotonic())
    await clock.sleep(50)
    return accepted ? fine : refusal('Throttling.User')
  })
  const caller = openCaller({ ...callerParts(clock, dispatcher), pace: new AdaptivePace(clock), random: dice(reads) })
  let [left, failed] = [reads, 0]
  const reader = async (): Promise<void> => {
    while (left-- > 0) await caller.call(read).catch(() => failed++)
  }
  await clock.turnUntil(Promise.all(Array.from({ length: readers }, reader)))
  return { failed, throttles: sent.length - reads, seconds: clock.monotonic() / 1000 }
}

test.each([10, 64])('%i readers of 20 a second take no longer', async (readers) => {
  const { failed, throttles, seconds } = await readAll(600, readers, tokenBucket(20))
  expect(seconds).toBeLessThan(600 / 20 / 0.9)
  expect(throttles).toBeLessThan(100) // most of them before a whole second was seen
  expect(failed).toBeLessThan(6)
})

test('throttles that come at random cost little time', async () => {
  const random = dice(1)
  const { failed, seconds } = await readAll(200, 10, () => random() >= 0.3)
  expect(seconds).toBeLessThan(20)
  expect(failed).toBeLessThan(4) // 0.3 to the 5th of 200 is a half
})

test('a client keeps to the pace it is given', async () => {
  const clock = turnedClock()
  const pace = new AdaptivePace(clock)
  const { dispatcher } = ruledDispatcher(() => fine)
  const credentials = { accessKeyId: 'id', accessKeySecret: 'secret' }
  await using client = new DbsClient({ endpoint: 'https://dbs.example', credentials, dispatcher, clock, pace, env: {} })
  // What another client of the account meets.
  for (let answers = 0; answers < 100; answers++) {
    pace.throttled()
    await clock.turn(20)
  }
  expect(pace.rate).toBeLessThan(10)
  const before = clock.monotonic()
  await clock.turnUntil(Promise.all(Array.from({ length: 3 }, () => client.call('DescribeRegions'))))
  expect(clock.monotonic() - before).toBeGreaterThan(200)
})

test('a pace of the system’s clock is made without a word', () => {
  expect(new AdaptivePace().rate).toBe(Infinity)
})
