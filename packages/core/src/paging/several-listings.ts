import type { Listing } from './listing.js'
import type { Proof } from './proof.js'

export interface JoinOptions<Source, Row> {
  /** Opens the list of a source, for at most `limit` rows; called when its turn comes. */
  readonly open: (source: Source, limit: number | undefined) => Listing<Row>
  /** At most so many rows over all; lists beyond it are not opened. @default no limit */
  readonly limit?: number | undefined
  /** Rows of the same key come once, whichever list they are in. @default every row comes */
  readonly keyOf?: ((row: Row, source: Source) => string) | undefined
  /** Told when a list has ended, well or not; the next is opened when it has heard. */
  readonly onProof?: ((proof: Proof, source: Source) => void | Promise<void>) | undefined
}

/** Several lists (plans, regions) as one stream: one after another, each with a proof of its own, page by page. The first that fails ends it. */
export async function* joinListings<Source, Row>(
  sources: Iterable<Source>,
  { open, limit, keyOf, onProof }: JoinOptions<Source, Row>,
): AsyncGenerator<{ readonly source: Source; readonly items: readonly Row[] }, void, undefined> {
  const met = new Set<string>()
  const isNew = (key: string): boolean => !met.has(key) && met.add(key).size > 0
  let left = limit ?? Infinity
  for (const source of sources) {
    if (left <= 0) return
    // A row that came already takes nothing of the limit, so the list itself is bounded only where every row counts.
    const listing = open(source, keyOf === undefined && left !== Infinity ? left : undefined)
    try {
      for await (const page of listing.pages()) {
        const items = keyOf === undefined ? page.items : page.items.filter((row) => isNew(keyOf(row, source))).slice(0, left)
        left -= items.length
        yield { source, items }
        if (left <= 0) break
      }
    } finally {
      if (listing.proof !== undefined) await onProof?.(listing.proof, source)
    }
  }
}
