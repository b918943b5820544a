import { setImmediate } from 'node:timers/promises'
import { Listing, type FetchPage, type ListOptions } from '../src/index.js'

/** One change of the list: a row put in, taken out, or moved, at a place between 0 (the front) and 1 (the end). */
export interface Change {
  readonly kind: 'insert' | 'remove' | 'move'
  readonly at: number
  /** Where a moved row goes. */
  readonly to: number
}

export interface Row {
  readonly id: string
}

/** A service that keeps a list in memory; `changes[n]` happen after its n-th answer. */
export class ModelService {
  readonly rows: string[]
  /** Ids that were there from the beginning and never left. */
  readonly lasting: Set<string>
  requests = 0
  readonly #pageSize: number
  readonly #changes: readonly (readonly Change[])[]
  readonly #order: readonly number[]
  readonly #frontRows: number
  readonly #waiting: (() => void)[] = []
  #isServing = false
  #made = 0

  /** @param options.order which of the waiting requests is answered next; `frontRows` bounds the new rows before those that were there */
  constructor(
    rows: number,
    pageSize: number,
    { changes = [], order = [], frontRows = Infinity }: { changes?: Change[][]; order?: number[]; frontRows?: number } = {},
  ) {
    this.rows = Array.from({ length: rows }, (_, at) => `row-${at}`)
    this.lasting = new Set(this.rows)
    this.#pageSize = pageSize
    this.#changes = changes
    this.#order = order
    this.#frontRows = frontRows
  }

  readonly fetchPage: FetchPage<Row> = async (pageNum, signal) => {
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve)
      void this.#serve()
    })
    signal.throwIfAborted()
    const items = this.rows.slice(pageNum * this.#pageSize, (pageNum + 1) * this.#pageSize).map((id) => ({ id }))
    const totalElements = this.rows.length
    for (const change of this.#changes[this.requests++] ?? []) this.#make(change)
    return { items, pageNum, pageSize: this.#pageSize, totalElements, totalPages: undefined, requestId: undefined, attempts: 1 }
  }

  /** Answers what waits, one by one, in an order of its own. */
  async #serve(): Promise<void> {
    if (this.#isServing) return
    this.#isServing = true
    while (this.#waiting.length > 0) {
      await setImmediate()
      const next = (this.#order[this.requests] ?? 0) % this.#waiting.length
      this.#waiting.splice(next, 1)[0]?.()
      await setImmediate()
    }
    this.#isServing = false
  }

  #make({ kind, at, to }: Change): void {
    if (kind === 'insert') {
      const before = this.rows.findIndex((id) => id.startsWith('row-'))
      if (at < 0.5 && before >= this.#frontRows) return
      this.rows.splice(place(at, this.rows.length), 0, `new-${this.#made++}`)
      return
    }
    const [id] = this.rows.splice(place(at, Math.max(0, this.rows.length - 1)), 1)
    if (id === undefined) return
    if (kind === 'move') this.rows.splice(place(to, this.rows.length), 0, id)
    else this.lasting.delete(id)
  }
}

/** The place among `count` + 1 that stands for a number from 0 to 1. */
const place = (of: number, count: number): number => Math.min(Math.floor(of * (count + 1)), count)

export const listingOf = (fetchPage: FetchPage<Row>, pageSize: number, options: ListOptions<Row> = {}): Listing<Row> =>
  new Listing({ fetchPage, idOf: ({ id }) => id, pageSize, operation: 'List', input: { plan: 'dbs1' }, hashKey: 'key' }, options)

/** Reads a listing to its end, and tells the ids and what ended it. */
export async function readAll(listing: Listing<Row>): Promise<{ ids: string[]; error?: unknown }> {
  const ids: string[] = []
  try {
    for await (const { id } of listing) ids.push(id)
    return { ids }
  } catch (error) {
    return { ids, error }
  }
}
