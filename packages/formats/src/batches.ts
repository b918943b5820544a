/** Rows as they come: a page at a time. What a batch holds is printed at once, and nothing is asked of the source before that is taken. */
export type Batches<Row = unknown> = AsyncIterable<readonly Row[]>

/** Rows that are at hand, as one batch. */
export async function* allAtOnce<Row>(rows: Iterable<Row>): AsyncGenerator<readonly Row[], void, undefined> {
  yield [...rows]
}

/** Rows that come one by one, each printed as it comes. Where pages are to be had, they are faster. */
export async function* oneByOne<Row>(rows: AsyncIterable<Row>): AsyncGenerator<readonly Row[], void, undefined> {
  for await (const row of rows) yield [row]
}

/** The same rows in batches of at most `size`, none of them empty, so that a million sorted rows do not become one text. */
export async function* slices<Row>(batches: Batches<Row>, size: number): AsyncGenerator<readonly Row[], void, undefined> {
  for await (const batch of batches) {
    for (let from = 0; from < batch.length; from += size) yield batch.length <= size ? batch : batch.slice(from, from + size)
  }
}
