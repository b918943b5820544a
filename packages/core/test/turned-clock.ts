import type { Clock } from '../src/clock.js'
import { abortErrorOf } from '../src/errors/aborted-error.js'

/** A clock that stands still until it is turned. */
export interface TurnedClock extends Clock {
  /** Lets time pass: whoever sleeps wakes in order, at the moment it asked for. */
  readonly turn: (ms: number) => Promise<void>
  /** Turns to the next sleeper's moment again and again, until the work has ended. Throws when it waits for something else than time. */
  readonly turnUntil: <Value>(work: Promise<Value>) => Promise<Value>
  /** How many sleep. */
  readonly sleepers: () => number
}

interface Sleeper {
  readonly at: number
  readonly wake: () => void
}

/** Lets everything go on that waits for no time. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** @param startsAt epoch milliseconds */
export function turnedClock(startsAt = Date.parse('2026-10-21T07:28:00Z')): TurnedClock {
  let elapsed = 0
  const sleeping = new Set<Sleeper>()
  const next = (): Sleeper | undefined =>
    [...sleeping].reduce<Sleeper | undefined>((first, one) => (first !== undefined && first.at <= one.at ? first : one), undefined)

  async function wakeNext(until: number): Promise<boolean> {
    const sleeper = next()
    if (sleeper === undefined || sleeper.at > until) return false
    elapsed = Math.max(elapsed, sleeper.at)
    sleeping.delete(sleeper)
    sleeper.wake()
    await settle()
    return true
  }

  return {
    now: () => startsAt + elapsed,
    monotonic: () => elapsed,
    sleepers: () => sleeping.size,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(abortErrorOf(signal))
        const leave = (): void => {
          sleeping.delete(sleeper)
          if (signal !== undefined) reject(abortErrorOf(signal))
        }
        const sleeper = {
          at: elapsed + ms,
          wake: () => {
            signal?.removeEventListener('abort', leave)
            resolve()
          },
        }
        sleeping.add(sleeper)
        signal?.addEventListener('abort', leave, { once: true })
      }),
    async turn(ms) {
      const until = elapsed + ms
      await settle()
      while (await wakeNext(until));
      elapsed = until
    },
    async turnUntil(work) {
      const state = { ended: false }
      const end = (): void => void (state.ended = true)
      work.then(end, end)
      await settle()
      while (!state.ended) {
        const woke = await wakeNext(Infinity)
        if (!woke && !state.ended) throw new Error('The work waits for something else than time.')
      }
      return work
    },
  }
}
