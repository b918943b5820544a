/** How far apart two neighbouring lengths are: what is told of a percentile is at most so much too long. */
const step = 1.02

/** Lengths of time in bounded memory: each is counted under the next power of 1.02, so that a million of them take some hundred numbers. */
export class Durations {
  readonly #counts = new Map<number, number>()
  #count = 0

  get count(): number {
    return this.#count
  }

  /** @param ms less than nothing counts as nothing */
  add(ms: number): void {
    const rank = rankOf(ms)
    this.#counts.set(rank, (this.#counts.get(rank) ?? 0) + 1)
    this.#count++
  }

  /** The shortest length that `share` of all do not exceed (nearest rank), rounded up by 2 % at most; undefined where there is none. */
  percentile(share: number): number | undefined {
    let left = Math.ceil(this.#count * share)
    for (const [rank, count] of [...this.#counts].toSorted(([a], [b]) => a - b)) {
      left -= count
      if (left <= 0) return lengthOf(rank)
    }
    return undefined
  }

  /** How many are longer than a length that `percentile` told. */
  longerThan(ms: number): number {
    const least = rankOf(ms)
    return [...this.#counts].reduce((sum, [rank, count]) => (rank > least ? sum + count : sum), 0)
  }
}

const rankOf = (ms: number): number => (ms <= 1 ? 0 : Math.ceil(Math.log(ms) / Math.log(step) - 1e-9))
const lengthOf = (rank: number): number => Math.round(step ** rank)
