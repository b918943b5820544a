import { abortSignal, callback, checkOptions, count, flag, oneOf, type Domains } from '../check-options.js'
import { abortErrorOf } from '../errors/aborted-error.js'
import { DbsError } from '../errors/dbs-error.js'
import { IncompleteListingError } from '../errors/incomplete-listing-error.js'
import { AskedPages } from './asked-pages.js'
import { decodeCursor, encodeCursor, hashOfInput, type Question } from './cursor.js'
import { firstPage } from './first-page.js'
import type { FetchPage } from './page.js'
import type { Proof, Verdict } from './proof.js'
import { movedSince, pageOfCursor } from './resume.js'
import { sealHolds } from './seal.js'
import { Seen } from './seen.js'
import { judge } from './verdict.js'
import { newRecord, walk, type WalkedPage, type WalkRecord } from './walk.js'

/** How a list is read. */
export interface ListOptions<Row> {
  /** Most pages in flight. @default 10 */
  readonly lookahead?: number | undefined
  /** How completeness is proved: by reading both ends again, or by two equal walks. @default 'ends' */
  readonly verify?: 'ends' | 'full' | undefined
  /** Ends a listing that cannot be proved with its proof instead of an IncompleteListingError. @default false */
  readonly allowIncomplete?: boolean | undefined
  /** Which rows are yielded; all are read. */
  readonly filter?: ((row: Row) => boolean) | undefined
  /** At most so many matching rows; then nothing more is asked, and the proof makes no claim. */
  readonly limit?: number | undefined
  /** Goes on after the row it names. */
  readonly cursor?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** As in `CallOptions`: a pause between attempts that would last longer is not begun, and the listing fails at once. */
  readonly leftMs?: (() => number) | undefined
}

const listOptionDomains: Domains<ListOptions<never>> = {
  lookahead: count(1),
  verify: oneOf('ends', 'full'),
  allowIncomplete: flag,
  filter: callback,
  limit: count(0),
  cursor: { words: 'text', holds: (value) => typeof value === 'string' }, // which text is one, decodeCursor says
  signal: abortSignal,
  leftMs: callback,
}

/** What a listing needs beside its options. */
export interface ListingParts<Row> {
  readonly fetchPage: FetchPage<Row>
  readonly idOf: (row: Row) => string
  readonly pageSize: number
  /** What is asked, for the cursor: the action, and its parameters but those of paging. */
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  /** Random text, new for each listing. */
  readonly hashKey: string
}

/** The new, matching rows of one page of the service; it may have none. */
export interface ListedPage<Row> {
  readonly pageNum: number
  readonly items: readonly Row[]
}

/**
 * A list, read once, every row exactly once, with a proof at its end. For-await over it gives rows, over `pages()` the same page by page; leaving the
 * loop cancels what is in flight.
 */
export class Listing<Row> implements AsyncIterable<Row> {
  readonly #parts: ListingParts<Row>
  readonly #options: ListOptions<Row>
  readonly #asked: AskedPages<Row>
  readonly #walked: WalkRecord[] = []
  #rows = 0
  #matched = 0
  #isRead = false
  #proof: Proof | undefined
  #place: Place | undefined

  /** @throws InputError for an option that is not known, or outside its domain */
  constructor(parts: ListingParts<Row>, options: ListOptions<Row>) {
    checkOptions('A listing', options, listOptionDomains)
    this.#parts = parts
    this.#options = options
    this.#asked = new AskedPages(parts.fetchPage)
  }

  /** What is known of the list's completeness; undefined before its end. */
  get proof(): Proof | undefined {
    return this.#proof
  }

  /** How many rows the service says the list has, as it said last; undefined before the first page, and where it never says. */
  get totalElements(): number | undefined {
    return this.#asked.total
  }

  /** Where the list can go on: after the last row that was yielded. Undefined before the first, and while a list that moved is read again. */
  get cursor(): string | undefined {
    if (this.#place === undefined) return undefined
    const { pageNum: page, base, offset, lastId } = this.#place
    const { total } = this.#asked
    return encodeCursor({ ...this.#question, base, page, offset, ...(total !== undefined && { total }) }, lastId)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    for await (const page of this.#read()) {
      for (const at of page.chosen) {
        this.#pass(page, at, 1)
        yield page.items[at] as Row
      }
      this.#pass(page, page.end, 0)
    }
  }

  /** The same rows, page by page. */
  async *pages(): AsyncGenerator<ListedPage<Row>, void, undefined> {
    for await (const page of this.#read()) {
      this.#pass(page, page.end, page.chosen.length)
      yield { pageNum: page.pageNum, items: page.chosen.map((at) => page.items[at] as Row) }
    }
  }

  /** Keeps the place up to which a page was passed on. A later walk has no place: rows before it may still come. */
  #pass({ pageNum, base, ids, walk: number }: ChosenPage<Row>, at: number, matched: number): void {
    this.#matched += matched
    const lastId = ids[at]
    if (number > 1) this.#place = undefined
    else if (lastId !== undefined) this.#place = { pageNum, base, offset: at + 1, lastId }
  }

  async *#read(): AsyncGenerator<ChosenPage<Row>, void, undefined> {
    if (this.#isRead) throw new DbsError('already-read', 'A listing is read once.', { hint: 'Ask for a new one.' })
    this.#isRead = true
    try {
      const verdict = yield* this.#walks()
      this.#proof = this.#proofOf(verdict)
      const isProved = verdict !== 'moving' && verdict !== 'short'
      if (!isProved && this.#options.allowIncomplete !== true) throw new IncompleteListingError(this.#proof)
    } catch (error) {
      if (error instanceof DbsError) error.cursor ??= this.cursor
      throw error
    } finally {
      this.#proof ??= this.#proofOf('partial')
    }
  }

  async *#walks(): AsyncGenerator<ChosenPage<Row>, Verdict, undefined> {
    const { idOf, pageSize, hashKey } = this.#parts
    const { lookahead = 10, verify = 'ends', filter = () => true, limit = Infinity, signal = new AbortController().signal } = this.#options
    if (signal.aborted) throw abortErrorOf(signal)
    const cursor = this.#options.cursor === undefined ? undefined : decodeCursor(this.#options.cursor, this.#question)
    const { fetch: fetchPage } = this.#asked
    const seen = new Seen(hashKey)
    let left = limit
    if (left === 0) return 'partial'
    for (let number = 1; ; number++) {
      const start = cursor === undefined ? await firstPage(fetchPage, signal) : await pageOfCursor(cursor, fetchPage, idOf, signal)
      const record = newRecord(number, start, pageSize)
      if (number === 1 && cursor !== undefined && movedSince(cursor, start)) record.tellTales.add('cursor-moved')
      this.#walked.push(record)
      let last: ChosenPage<Row> | undefined
      for await (const page of walk({ fetchPage, idOf, pageSize, lookahead, seen, signal }, start, record)) {
        this.#rows += page.fresh.length
        const chosen = page.fresh.filter((at) => filter(page.items[at] as Row)).slice(0, left)
        left -= chosen.length
        last = { ...page, walk: number, base: record.base, chosen, end: left === 0 ? (chosen.at(-1) ?? 0) : page.ids.length - 1 }
        if (left === 0) break // what is in flight is cancelled before the reader has the last row
        yield last
      }
      if (left === 0 && last !== undefined) {
        yield last
        return 'partial'
      }
      let step = judge(this.#walked, { verify })
      if (step === 'seal') {
        const sealed = await sealHolds(record, fetchPage, idOf, signal)
        if (!sealed) record.tellTales.add('seal-broken')
        step = judge(this.#walked, { verify, sealed })
      }
      if (step !== 'walk' && step !== 'seal') return step
      this.#place = undefined
    }
  }

  get #question(): Question {
    const { operation, input, pageSize: size } = this.#parts
    return { operation, inputHash: hashOfInput(input), size }
  }

  #proofOf(verdict: Verdict): Proof {
    const last = this.#walked.at(-1)
    const { cursor: resumedFrom } = this.#options
    return {
      verdict,
      rows: this.#rows,
      matched: this.#matched,
      pages: last?.signatures.length ?? 0,
      walks: this.#walked.length,
      totalElements: last?.total,
      duplicates: this.#walked.reduce((sum, { duplicates }) => sum + duplicates, 0),
      tellTales: [...new Set(this.#walked.flatMap(({ tellTales }) => [...tellTales]))],
      ...this.#asked.counts,
      ...(resumedFrom !== undefined && { resumedFrom }),
    }
  }
}

/** A row's place in the list, as a cursor names it. */
interface Place {
  readonly pageNum: number
  readonly base: 0 | 1
  readonly offset: number
  readonly lastId: string
}

interface ChosenPage<Row> extends WalkedPage<Row> {
  readonly walk: number
  readonly base: 0 | 1
  /** Places in the page of the rows to yield. */
  readonly chosen: readonly number[]
  /** Place in the page of the last row that is dealt with once it is passed on. */
  readonly end: number
}
