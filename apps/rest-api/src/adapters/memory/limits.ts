import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Quota, Rule, Taken } from '../../ports/limits.js'

export interface MemoryQuotaOptions {
  /** Milliseconds that never go back. */
  readonly now: () => number
  /** Ids that are counted each for itself within a window; more share one count, so that no crowd of addresses fills the memory. @default 100000 */
  readonly maxIds?: number
}

/** Counts in this process, in windows that begin with the first request of each id. */
export class MemoryQuota implements Quota {
  readonly #options: MemoryQuotaOptions
  readonly #counters = new Map<string, Counter>()

  constructor(options: MemoryQuotaOptions) {
    this.#options = options
  }

  take(id: string, rule: Rule): Promise<Taken> {
    const name = `${rule.limit}/${rule.windowMs}`
    const counter = this.#counters.get(name) ?? new Counter(rule, this.#options)
    this.#counters.set(name, counter)
    return counter.take(id)
  }
}

/** The share of all ids beyond the most; no id of ours is empty. */
const everybodyElse = ''

/** Those who are counted by one rule. */
class Counter {
  readonly #limiter: RateLimiterMemory
  readonly #windowMs: number
  readonly #now: () => number
  readonly #maxIds: number
  #newIds = 0
  #periodEnds = 0

  constructor({ limit, windowMs }: Rule, { now, maxIds = 100_000 }: MemoryQuotaOptions) {
    this.#limiter = new RateLimiterMemory({ points: limit, duration: windowMs / 1000 })
    this.#windowMs = windowMs
    this.#now = now
    this.#maxIds = maxIds
  }

  async take(id: string): Promise<Taken> {
    const counted = await this.#count(this.#isFull() && (await this.#limiter.get(id)) === null ? everybodyElse : id)
    if (counted.isFirstInDuration) this.#newIds++
    const { consumedPoints, remainingPoints, msBeforeNext } = counted
    return { ok: consumedPoints <= this.#limiter.points, remaining: remainingPoints, resetMs: msBeforeNext }
  }

  /** What it counted; the limiter rejects with it beyond the limit, and in memory with nothing else. */
  async #count(id: string): Promise<RateLimiterRes> {
    try {
      return await this.#limiter.consume(id)
    } catch (counted) {
      if (counted instanceof RateLimiterRes) return counted
      throw counted
    }
  }

  /** Whether ids nobody counts yet are too many. */
  #isFull(): boolean {
    const now = this.#now()
    if (now >= this.#periodEnds) {
      this.#newIds = 0
      this.#periodEnds = now + this.#windowMs
    }
    return this.#newIds >= this.#maxIds
  }
}
