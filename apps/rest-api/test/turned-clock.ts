import type { Clock } from '@backset/core'

/** A clock that stands until it is turned; sleepers turn it themselves. */
export class TurnedClock implements Clock {
  #now: number

  constructor(start = Date.UTC(2026, 0, 1)) {
    this.#now = start
  }

  turn(ms: number): void {
    this.#now += ms
  }

  readonly now = (): number => this.#now
  readonly monotonic = (): number => this.#now
  readonly sleep = async (ms: number): Promise<void> => this.turn(ms)
}
