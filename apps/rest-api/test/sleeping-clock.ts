import { abortErrorOf, type Clock } from '@backset/core'

/** A clock that stands still until it is turned: whoever sleeps wakes in order, at the moment it asked for. */
export class SleepingClock implements Clock {
  #elapsed = 0
  readonly #startsAt: number
  readonly #sleeping = new Set<{ readonly at: number; readonly wake: () => void }>()

  constructor(startsAt = Date.UTC(2026, 0, 1)) {
    this.#startsAt = startsAt
  }

  /** How many sleep. */
  get sleepers(): number {
    return this.#sleeping.size
  }

  readonly now = (): number => this.#startsAt + this.#elapsed
  readonly monotonic = (): number => this.#elapsed
  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(abortErrorOf(signal))
      const leave = (): void => {
        this.#sleeping.delete(sleeper)
        if (signal !== undefined) reject(abortErrorOf(signal))
      }
      const sleeper = {
        at: this.#elapsed + ms,
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
    const until = this.#elapsed + ms
    await settled()
    for (;;) {
      const next = [...this.#sleeping].toSorted((a, b) => a.at - b.at)[0]
      if (next === undefined || next.at > until) break
      this.#elapsed = Math.max(this.#elapsed, next.at)
      this.#sleeping.delete(next)
      next.wake()
      await settled()
    }
    this.#elapsed = until
  }
}

/** Lets everything go on that waits for no time. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
