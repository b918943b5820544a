import { exactOf, type ExactInteger } from './schemas/exact-integer.js'

/** How many tasks, and how many bytes those of known size have. */
export interface TallyJson {
  readonly count: number
  readonly bytes: ExactInteger
}

/** Tasks in groups by one of their fields. */
export interface Breakdown {
  readonly groups: readonly (TallyJson & { readonly name: string })[]
  /** Tasks that lack the field. */
  readonly without?: TallyJson
  /** Tasks of the groups that came after the bound was reached. */
  readonly other?: TallyJson
}

/** Counts tasks and their bytes, exactly. */
export class Tally {
  #count = 0
  #bytes = 0n

  add(size: ExactInteger | undefined): void {
    this.#count++
    if (size !== undefined) this.#bytes += BigInt(size)
  }

  toJSON(): TallyJson {
    return { count: this.#count, bytes: exactOf(this.#bytes) }
  }
}

/** Names come from the service and may be of any length. */
const longestName = 200

/** Tallies by name, at most so many. */
export class SummaryGroups {
  readonly #max: number
  readonly #keyOf: (name: string) => string
  readonly #groups = new Map<string, { readonly name: string; readonly tally: Tally }>()
  #without: Tally | undefined
  #other: Tally | undefined

  /** @param keyOf tells which names are one group; it bears the name that came first */
  constructor(max: number, keyOf: (name: string) => string = (name) => name) {
    this.#max = max
    this.#keyOf = keyOf
  }

  add(given: string | undefined, size: ExactInteger | undefined): void {
    this.#tallyOf(given).add(size)
  }

  #tallyOf(given: string | undefined): Tally {
    if (given === undefined) return (this.#without ??= new Tally())
    const name = given.slice(0, longestName)
    const key = this.#keyOf(name)
    const group = this.#groups.get(key)
    if (group !== undefined) return group.tally
    if (this.#groups.size >= this.#max) return (this.#other ??= new Tally())
    const tally = new Tally()
    this.#groups.set(copied(key), { name: copied(name), tally })
    return tally
  }

  largestFirst(): Breakdown {
    return this.#breakdown((a, b) => b.count - a.count || byText(a.name, b.name))
  }

  byName(): Breakdown {
    return this.#breakdown((a, b) => byText(a.name, b.name))
  }

  #breakdown(order: (a: Breakdown['groups'][number], b: Breakdown['groups'][number]) => number): Breakdown {
    const groups = [...this.#groups.values()].map(({ name, tally }) => ({ name, ...tally.toJSON() }))
    return {
      groups: groups.toSorted(order),
      ...(this.#without !== undefined && { without: this.#without.toJSON() }),
      ...(this.#other !== undefined && { other: this.#other.toJSON() }),
    }
  }
}

/** V8 cuts a name out of the answer's text by pointing into it, which would keep every answer alive that brought a new name. */
const copied = (text: string): string => Buffer.from(text).toString()

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
