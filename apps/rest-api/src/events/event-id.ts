const shape = /^(\d{1,15})-(\d{1,15})$/

/** Makes ids `<milliseconds>-<number>`, each above all before it, also when the clock stands still or goes back. */
export class EventIds {
  readonly #now: () => number
  #last: readonly [ms: number, number: number] = [0, 0]

  /** @param now epoch milliseconds */
  constructor(now: () => number) {
    this.#now = now
  }

  next(): string {
    const [lastMs, lastNumber] = this.#last
    const ms = Math.floor(this.#now())
    this.#last = ms > lastMs ? [ms, 0] : [lastMs, lastNumber + 1]
    return this.#last.join('-')
  }
}

/** Below, at or above 0 as `a` is before, at or after `b`; text of another shape is before all ids. */
export function compareEventIds(a: string, b: string): number {
  const [aMs, aNumber] = partsOf(a)
  const [bMs, bNumber] = partsOf(b)
  return aMs - bMs || aNumber - bNumber
}

function partsOf(id: string): readonly [ms: number, number: number] {
  const parts = shape.exec(id)
  return parts === null ? [-1, -1] : [Number(parts[1]), Number(parts[2])]
}
