import { setTimeout as delay } from 'node:timers/promises'

/** The only time the emulator knows; tests pass a `now` they turn by hand. */
export interface Clock {
  /** Epoch milliseconds of the emulated service. */
  readonly now: () => number
  /** Milliseconds of real time that never go back, for rates. */
  readonly monotonic: () => number
  /** Resolves after `ms` of real time, or as soon as `signal` aborts: nobody waits for an answer then. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

/** The system's time, or `now`, moved by `skewMs`. */
export const createClock = (now: () => number = Date.now, skewMs = 0): Clock => ({
  now: () => now() + skewMs,
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    await delay(ms, undefined, { signal }).catch(() => undefined)
  },
})
