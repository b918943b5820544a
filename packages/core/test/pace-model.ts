import { AdaptivePace } from '../src/transport/limiter.js'
import { turnedClock } from './turned-clock.js'

/** Whether the service takes a request that comes at `now`, milliseconds. */
export type Accepts = (now: number) => boolean

export interface Simulation {
  readonly seed: number
  readonly latencyMs: number
  readonly seconds: number
  readonly accepts: (random: () => number) => Accepts
}

/** How many a second there were between two moments, given in seconds. */
export type PerSecond = (from: number, to: number) => number

/** A limit that lets a second's worth through at once, and `limit` a second from then on. */
export function tokenBucket(limit: number): Accepts {
  let [tokens, last] = [limit, 0]
  return (now) => {
    tokens = Math.min(limit, tokens + ((now - last) * limit) / 1000)
    last = now
    if (tokens < 1) return false
    tokens--
    return true
  }
}

/** 16 readers that ask as fast as the pace lets them, against a service that is only a rule; a minute takes a moment. */
export async function simulate({
  seed,
  latencyMs,
  seconds,
  accepts,
}: Simulation): Promise<{ readonly successes: PerSecond; readonly throttles: PerSecond }> {
  const clock = turnedClock()
  const pace = new AdaptivePace(clock)
  const random = dice(seed)
  const accepted = accepts(random)
  const [successes, throttles]: [number[], number[]] = [[], []]

  async function read(): Promise<void> {
    for (let attempt = 1; clock.monotonic() < seconds * 1000;) {
      await pace.turn('account')
      const success = accepted(clock.monotonic())
      await clock.sleep(latencyMs * (0.5 + random()))
      if (success) pace.succeeded()
      else pace.throttled()
      const moments = success ? successes : throttles
      moments.push(clock.monotonic())
      if (success) attempt = 1
      else await clock.sleep(random() * 500 * 2 ** Math.min(attempt++, 5))
    }
  }
  await clock.turnUntil(Promise.all(Array.from({ length: 16 }, read)))
  return { successes: count(successes), throttles: count(throttles) }
}

const count =
  (moments: readonly number[]): PerSecond =>
  (from, to) =>
    moments.filter((at) => at >= from * 1000 && at < to * 1000).length / (to - from)

/** mulberry32: the same numbers for the same seed. */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
