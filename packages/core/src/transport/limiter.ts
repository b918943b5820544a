import type { Clock } from '../clock.js'
import { abortErrorOf } from '../errors/aborted-error.js'
import type { Pace } from './pace.js'

const floorRate = 2
const cutTo = 0.95
const growBy = 1.05
const growEveryMs = 2000
const cutEveryMs = 1000
/** Answers that must have come before a cut is judged or followed by another. */
const enough = 20
const longestTrustMs = 60_000

interface Cut {
  readonly at: number
  readonly rateBefore: number
  /** Share of answers that were throttles when it was made. */
  readonly share: number
}

/**
 * The default pace: as fast as asked until the first throttle, then 0.95 of what the last second got through, and 5 % more every 2 s. Where throttles come
 * at random, whatever the rate, cutting only costs: a cut that did not lower their share is taken back and not repeated for a while.
 */
export class AdaptivePace implements Pace {
  readonly #clock: Clock
  #rate = Infinity
  #nextTurn = 0
  #grewAt = 0
  #firstAt: number | undefined
  #successes: number[] = []
  #answers = 0
  #throttles = 0
  #lastCut: Cut | undefined
  #trustUntil = 0
  #trustMs = growEveryMs

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Requests a second; Infinity while nothing was throttled. */
  get rate(): number {
    return this.#rate
  }

  readonly turn = async (_account: string, signal?: AbortSignal): Promise<void> => {
    if (signal?.aborted === true) throw abortErrorOf(signal)
    const now = this.#clock.monotonic()
    this.#firstAt ??= now
    this.#grow(now)
    if (this.#rate === Infinity) return
    const at = Math.max(now, this.#nextTurn)
    this.#nextTurn = at + 1000 / this.#rate
    if (at > now) await this.#clock.sleep(at - now, signal)
  }

  readonly succeeded = (): void => {
    const now = this.#clock.monotonic()
    this.#answers++
    this.#successes.push(now)
    this.#forget(now)
  }

  readonly throttled = (): void => {
    const now = this.#clock.monotonic()
    this.#answers++
    this.#throttles++
    if (now < this.#trustUntil || (this.#lastCut !== undefined && (now - this.#lastCut.at < cutEveryMs || this.#answers < enough))) return
    const share = this.#throttles / this.#answers
    const last = this.#lastCut
    const inVain = last !== undefined && last.rateBefore > this.#rate && share >= 0.1 && share >= last.share * 0.8
    if (inVain) {
      this.#rate = last.rateBefore
      this.#trustUntil = now + this.#trustMs
      this.#trustMs = Math.min(this.#trustMs * 2, longestTrustMs)
      this.#lastCut = undefined
    } else {
      this.#forget(now)
      const spanMs = Math.min(1000, Math.max(now - (this.#firstAt ?? now), 50))
      this.#lastCut = { at: now, rateBefore: this.#rate, share }
      this.#rate = Math.max(floorRate, Math.min(this.#rate, cutTo * this.#successes.length * (1000 / spanMs)))
      this.#nextTurn = Math.max(this.#nextTurn, now)
    }
    this.#grewAt = now
    this.#answers = 0
    this.#throttles = 0
  }

  #grow(now: number): void {
    if (this.#rate === Infinity) return
    for (; now - this.#grewAt >= growEveryMs; this.#grewAt += growEveryMs) this.#rate *= growBy
    if (this.#rate > 10_000) this.#rate = Infinity
  }

  #forget(now: number): void {
    const old = this.#successes.findIndex((at) => at > now - 1000)
    if (old === -1) this.#successes = []
    else if (old > 0) this.#successes.splice(0, old)
  }
}

/** A bound on what is in flight at once, first come, first served. */
export class Slots {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(slots: number) {
    this.#free = slots
  }

  /** Resolves with what frees the slot again. */
  async take(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) throw abortErrorOf(signal)
    if (this.#free > 0) this.#free--
    else await this.#wait(signal)
    let freed = false
    return () => {
      if (freed) return
      freed = true
      const next = this.#waiting.shift()
      if (next === undefined) this.#free++
      else next()
    }
  }

  async #wait(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(go), 1)
        reject(abortErrorOf(signal))
      }
      this.#waiting.push(go)
      signal.addEventListener('abort', leave, { once: true })
    })
  }
}
