import { setTimeout as delay } from 'node:timers/promises'
import { abortErrorOf } from './errors/aborted-error.js'

/** Time as everything of ours sees it; tests pass one they turn by hand. */
export interface Clock {
  /** Epoch milliseconds, wall time: for dates that are sent or shown. */
  readonly now: () => number
  /** Milliseconds that never go back: for pauses, deadlines and rates. */
  readonly monotonic: () => number
  /** Resolves after `ms`; rejects with the signal's error (see `abortErrorOf`) as soon as it aborts. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>
}

/** The system's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    if (signal?.aborted === true) throw abortErrorOf(signal)
    try {
      await delay(ms, undefined, signal === undefined ? {} : { signal })
    } catch (error) {
      throw signal === undefined ? error : abortErrorOf(signal) // it rejects for nothing else
    }
  },
}
