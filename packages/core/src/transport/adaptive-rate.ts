const floorRate = 2
const cutTo = 0.95
const growBy = 1.05
const growEveryMs = 2000
/** What comes in the first second after a change of pace still answers the pace before; and no two cuts stand closer. */
const settleMs = 1000
/** Answers that say something about a share. */
const enough = 30
/** Successes that say something about a rate: a second of a low limit has one more or less by chance, and a cut could end above it. */
const enoughSuccesses = 20
/** A smaller share of throttles is what growing past a limit looks like. */
const randomShare = 0.1
const firstTrustMs = 2000
const longestTrustMs = 30_000
/** Beyond it there is no limit that we could see. */
const unlimitedFrom = 10_000

/** As near as thirty answers can tell. */
const isAbout = (share: number, other: number): boolean => share >= other / 3 && share <= other * 3

interface Cut {
  readonly rateBefore: number
  readonly shareBefore: number
}

/**
 * How many requests a second DBS takes from us, learnt from its answers: unlimited until the first throttle, then 0.95 of what got through lately,
 * and 5 % more every 2 s. Where throttles come at random, whatever the rate, cutting only costs: a cut after which their share is what it was
 * is taken back, and none is made for a while. 2 a second is the floor. Times are monotonic milliseconds.
 */
export class AdaptiveRate {
  #rate = Infinity
  #grewAt = 0
  #successes: number[] = []
  #lastAnswerAt = -Infinity
  /** Answers count from here on. */
  #settledAt = 0
  #answers = 0
  #throttles = 0
  #lastCut: Cut | undefined
  #trustUntil = 0
  #trustMs = firstTrustMs

  /** Requests a second; Infinity while nothing is known of a limit. */
  at(now: number): number {
    for (; this.#rate !== Infinity && now - this.#grewAt >= growEveryMs; this.#grewAt += growEveryMs) {
      this.#rate = this.#rate * growBy > unlimitedFrom ? Infinity : this.#rate * growBy
    }
    return this.#rate
  }

  answered(now: number, throttled: boolean): void {
    if (now - this.#lastAnswerAt > settleMs) {
      // After a rest what came before it says nothing.
      this.#settle(now)
      this.#successes = []
    }
    this.#lastAnswerAt = now
    if (!throttled) this.#successes.push(now)
    const lately = this.#successes.findIndex((at) => at > now - 1000)
    this.#successes.splice(0, Math.min(lately === -1 ? Infinity : lately, this.#successes.length - enoughSuccesses))
    if (now < this.#settledAt) return
    this.#answers++
    if (!throttled) return
    this.#throttles++
    if (this.#answers >= enough && now >= this.#trustUntil) this.#judge(now, this.#throttles / this.#answers)
  }

  /** Successes a second: in the last one, or since the first of enough. */
  #throughput(now: number): number {
    const [first = now] = this.#successes
    const seconds = (now - first) / 1000
    return seconds < 1 ? this.#successes.length : (this.#successes.length - 1) / seconds
  }

  #judge(now: number, share: number): void {
    const rate = this.at(now)
    const last = this.#lastCut
    if (last !== undefined && share >= randomShare && isAbout(share, last.shareBefore)) {
      this.#rate = Math.max(rate, last.rateBefore)
      this.#lastCut = undefined
      this.#trustUntil = now + this.#trustMs
      this.#trustMs = Math.min(this.#trustMs * 2, longestTrustMs)
    } else {
      this.#rate = Math.max(floorRate, Math.min(rate, cutTo * this.#throughput(now)))
      this.#lastCut = { rateBefore: rate, shareBefore: share }
      if (share < randomShare) this.#trustMs = firstTrustMs
    }
    this.#grewAt = now
    this.#settle(now)
  }

  #settle(now: number): void {
    this.#settledAt = now + settleMs
    this.#answers = 0
    this.#throttles = 0
  }
}
