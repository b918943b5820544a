import { DbsError, present, type DownloadTask, type Proof } from '@backset/core'
import { isPassing } from '../passing.js'
import { ListTooLargeError } from './list-too-large-error.js'
import type { PastTheStore } from './past-the-store.js'
import type { Snapshot } from './snapshot.js'
import type { Source } from './source.js'
import type { Freshness, Held, SnapshotStore } from './store.js'

export interface RowStreamParts {
  readonly store: Pick<SnapshotStore, 'openForReader' | 'openStale'>
  readonly past: PastTheStore
  readonly source: Source
  /** Ends it. */
  readonly signal: AbortSignal
}

/** The rows of a source as they come, their links masked, read once: from the store, or past it where the list does not fit. */
export class RowStream {
  readonly #parts: RowStreamParts
  #proof: Proof | undefined
  #held: Pick<Held, 'snapshot' | 'freshness'> | undefined

  constructor(parts: RowStreamParts) {
    this.#parts = parts
  }

  /** What the list knows of its completeness; undefined before its end. */
  get proof(): Proof | undefined {
    return this.#proof
  }

  /** Where the rows come from; undefined before the first, and for rows that come past the store. */
  get origin(): { readonly snapshot: Snapshot; readonly freshness: Freshness } | undefined {
    return this.#held
  }

  /** @throws the error that stopped the list, or that of the signal */
  async *batches(): AsyncGenerator<readonly DownloadTask[], void, undefined> {
    const { store, source, signal } = this.#parts
    const reading = this.#follow(store.openForReader(source))
    let first: IteratorResult<readonly DownloadTask[], void>
    try {
      first = await reading.next()
    } catch (error) {
      if (signal.aborted) throw error
      if (error instanceof ListTooLargeError) return yield* this.#past()
      const stale = isPassing(error) ? store.openStale(source) : undefined
      if (stale === undefined) throw error
      return yield* this.#follow(stale)
    }
    try {
      if (first.done !== true) yield first.value
      yield* reading
    } finally {
      await reading.return()
    }
  }

  async *#follow(held: Held): AsyncGenerator<readonly DownloadTask[], void, undefined> {
    using reader = held
    const { snapshot } = reader
    this.#held = reader
    yield* snapshot.follow(this.#parts.signal)
    this.#proof = snapshot.proof
  }

  async *#past(): AsyncGenerator<readonly DownloadTask[], void, undefined> {
    const { past, source, signal } = this.#parts
    using _ = past.enter()
    this.#held = undefined
    const listing = past.list(source, { signal, allowIncomplete: true })
    for await (const { items } of listing.pages()) yield items.map((task) => present(task, { links: 'masked' }))
    if (listing.proof === undefined) throw new DbsError('internal', 'A listing ended without its proof.')
    this.#proof = listing.proof
  }
}
