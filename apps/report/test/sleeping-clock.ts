import { abortErrorOf, type Clock } from '@backset/core'

/** A clock that stands still until it is turned: whoever sleeps wakes in order, at the moment it asked for. */
export class SleepingClock implements Clock {
  #now: number
  readonly #sleeping = new Set<{ readonly at: number; readonly wake: () => void }>()

  constructor(startsAt = Date.UTC(2026, 0, 1)) {
    this.#now = startsAt
  }

  readonly now = (): number => this.#now
  readonly monotonic = (): number => this.#now
  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(abortErrorOf(signal))
      const leave = (): void => {
        this.#sleeping.delete(sleeper)
        if (signal !== undefined) reject(abortErrorOf(signal))
      }
      const sleeper = {
        at: this.#now + ms,
        wake: () => {
          signal?.removeEventListener('abort', leave)
          resolve()
        },
      }
      this.#sleeping.add(sleeper)
      signal?.addEventListener('abort', leave, { once: true })
    })

  /** Lets time pass, and all go on that waits for nothing else. */
  async turn(ms: number): Promise<void> {
    const until = this.#now + ms
    await settled()
    for (;;) {
      let next: { readonly at: number; readonly wake: () => void } | undefined
      for (const sleeper of this.#sleeping) if (next === undefined || sleeper.at < next.at) next = sleeper
      if (next === undefined || next.at > until) break
      this.#now = Math.max(this.#now, next.at)
      this.#sleeping.delete(next)
      next.wake()
      await settled()
    }
    this.#now = until
  }
}

/** Lets everything go on that waits for no time. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
