import { abortErrorOf } from '../errors/aborted-error.js'
import { ConnectionError } from '../errors/connection-error.js'
import { DbsError } from '../errors/dbs-error.js'
import { IncompleteListingError } from '../errors/incomplete-listing-error.js'
import { decodeCursor, encodeCursor, hashOfId, hashOfInput, type Cursor } from './cursor.js'
import type { FetchPage, Page } from './page.js'
import type { Proof, TellTale, Verdict } from './proof.js'
import { Seen } from './seen.js'
import { signatureOfIds } from './signature-of-ids.js'
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
  readonly #tellTales = new Set<TellTale>()
  readonly #walked: WalkRecord[] = []
  readonly #seen: Seen
  #matched = 0
  #skipped = 0
  #isRead = false
  #proof: Proof | undefined
  #place: Place | undefined
  #requests = 0
  #firstRequestId: string | undefined
  #lastRequestId: string | undefined
  #answered = false
  #total: number | undefined

  constructor(parts: ListingParts<Row>, options: ListOptions<Row>) {
    this.#parts = parts
    this.#options = options
    this.#seen = new Seen(parts.hashKey)
  }

  /** What is known of the list's completeness; undefined before its end. */
  get proof(): Proof | undefined {
    return this.#proof
  }

  /** Where the list can go on: after the last row that was yielded. Undefined before the first, and while a list that moved is read again. */
  get cursor(): string | undefined {
    const place = this.#place
    if (place === undefined) return undefined
    const { operation, input, pageSize: size } = this.#parts
    const { page, base, offset, lastId } = place
    const total = this.#total
    return encodeCursor({
      v: 1,
      operation,
      inputHash: hashOfInput(input),
      size,
      page,
      base,
      offset,
      ...(total !== undefined && { total }),
      sig: hashOfId(lastId),
    })
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    for await (const page of this.#read()) {
      for (const at of page.chosen) {
        this.#place = placeIn(page, at)
        yield page.items[at] as Row
      }
    }
  }

  /** The same rows, page by page. */
  async *pages(): AsyncGenerator<ListedPage<Row>, void, undefined> {
    for await (const page of this.#read()) {
      const last = page.chosen.at(-1)
      if (last !== undefined) this.#place = placeIn(page, last)
      yield { pageNum: page.pageNum, items: page.chosen.map((at) => page.items[at] as Row) }
    }
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
    const { idOf, pageSize } = this.#parts
    const { lookahead = 10, verify = 'ends', filter = () => true, limit = Infinity, signal = new AbortController().signal } = this.#options
    if (signal.aborted) throw abortErrorOf(signal)
    const fetchPage = this.#fetch
    const { from, base, skip } = await this.#start(signal)
    const before = (from - base) * pageSize
    for (;;) {
      const record = newRecord({ from, base })
      this.#walked.push(record)
      const isFirst = this.#walked.length === 1
      const seen = isFirst ? this.#seen : new Seen(this.#parts.hashKey)
      if (!isFirst) this.#place = undefined
      for await (const page of walk({ fetchPage, idOf, pageSize, lookahead, seen, signal, from, base }, record)) {
        const unseen = isFirst ? page.fresh : page.fresh.filter((at) => this.#seen.add(page.ids[at] ?? ''))
        const rows = page.pageNum === from ? unseen.filter((at) => at >= skip) : unseen
        const matching = rows.filter((at) => filter(page.items[at] as Row))
        const chosen = matching.slice(0, limit - this.#matched)
        this.#matched += chosen.length
        yield { ...page, base: record.base, chosen }
        if (this.#matched >= limit) return 'partial'
      }
      if (isFirst) this.#tellTales.forEach((tellTale) => record.tellTales.add(tellTale))
      let step = judge(this.#walked, { verify, before })
      if (step === 'seal') step = judge(this.#walked, { verify, before, sealed: await this.#seal(record, signal) })
      if (step !== 'walk' && step !== 'seal') return step
    }
  }

  /** Where to begin: at the first page, or after the row that a cursor names. */
  async #start(signal: AbortSignal): Promise<{ readonly from: number; readonly base: 0 | 1; readonly skip: number }> {
    if (this.#options.cursor === undefined) return { from: 0, base: 0, skip: 0 }
    const { operation, input, pageSize: size, idOf } = this.#parts
    const { page, base, sig }: Cursor = decodeCursor(this.#options.cursor, { operation, inputHash: hashOfInput(input), size })
    // Rows move when others come or go before them: the row is looked for on its page, then on those beside it.
    for (const near of [page, page - 1, page + 1].filter((pageNum) => pageNum >= base)) {
      const { items } = await this.#fetch(near, signal)
      const at = items.findIndex((row) => hashOfId(idOf(row)) === sig)
      if (at >= 0) {
        this.#skipped = at + 1
        return { from: near, base, skip: at + 1 }
      }
    }
    this.#tellTales.add('cursor-moved') // the row is gone: begin before its place, and let a second walk prove it
    return { from: Math.max(base, page - 1), base, skip: 0 }
  }

  /** Whether both ends still are what the walk read. */
  async #seal(record: WalkRecord, signal: AbortSignal): Promise<boolean> {
    const { signatures, first, last, total } = record
    const [start, end] = await Promise.all([this.#fetch(first, signal), this.#fetch(last, signal)])
    const signatureOf = (items: readonly Row[]): number => signatureOfIds(items.map(this.#parts.idOf))
    const holds =
      start.totalElements === total &&
      end.totalElements === total &&
      signatureOf(start.items) === signatures[0] &&
      signatureOf(end.items) === signatures.at(-1)
    if (!holds) record.tellTales.add('seal-broken')
    return holds
  }

  /** One page; once the service has answered, a page that failed in a way that may pass is asked for once more. */
  readonly #fetch: FetchPage<Row> = async (pageNum, signal) => {
    try {
      return await this.#ask(pageNum, signal)
    } catch (error) {
      const mayPass = error instanceof DbsError && error.retryable && !(error instanceof ConnectionError && error.timedOut)
      if (!this.#answered || !mayPass || signal.aborted) throw error
      return await this.#ask(pageNum, signal)
    }
  }

  async #ask(pageNum: number, signal: AbortSignal): Promise<Page<Row>> {
    try {
      const page = await this.#parts.fetchPage(pageNum, signal)
      this.#requests += page.attempts
      this.#firstRequestId ??= page.requestId
      this.#lastRequestId = page.requestId ?? this.#lastRequestId
      this.#total = page.totalElements
      this.#answered = true
      return page
    } catch (error) {
      if (error instanceof DbsError) this.#requests += error.attempts ?? 0
      throw error
    }
  }

  #proofOf(verdict: Verdict): Proof {
    const last = this.#walked.at(-1)
    const { cursor: resumedFrom } = this.#options
    return {
      verdict,
      rows: this.#seen.size - this.#skipped,
      matched: this.#matched,
      pages: last?.signatures.length ?? 0,
      walks: this.#walked.length,
      totalElements: last?.total,
      duplicates: this.#walked.reduce((sum, { duplicates }) => sum + duplicates, 0),
      tellTales: [...new Set(this.#walked.flatMap(({ tellTales }) => [...tellTales]))],
      firstRequestId: this.#firstRequestId,
      lastRequestId: this.#lastRequestId,
      requests: this.#requests,
      ...(resumedFrom !== undefined && { resumedFrom }),
    }
  }
}

/** A row's place in the list, as a cursor names it. */
interface Place {
  readonly page: number
  readonly base: 0 | 1
  readonly offset: number
  readonly lastId: string
}

interface ChosenPage<Row> extends WalkedPage<Row> {
  readonly base: 0 | 1
  /** Places in the page of the rows to yield. */
  readonly chosen: readonly number[]
}

const placeIn = <Row>({ pageNum, base, ids }: ChosenPage<Row>, at: number): Place => ({
  page: pageNum,
  base,
  offset: at + 1,
  lastId: ids[at] ?? '',
})
