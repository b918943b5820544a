import { DbsError } from '../errors/dbs-error.js'
import { lookahead } from './lookahead.js'
import type { FetchPage, Page } from './page.js'
import type { TellTale } from './proof.js'
import type { Seen } from './seen.js'
import { signatureOfIds } from './signature-of-ids.js'

/** A page in its place within a walk. */
export interface WalkedPage<Row> {
  readonly pageNum: number
  readonly items: readonly Row[]
  readonly ids: readonly string[]
  /** Places in the page of the ids that are new. */
  readonly fresh: readonly number[]
}

/** What one pass through a list saw; whole when its generator has ended. */
export interface WalkRecord {
  total: number | undefined
  /** The number the service gives its first page. */
  base: 0 | 1
  /** The first and the last page that were read, as the service numbers them. */
  first: number
  last: number
  /** Of each page's id sequence, in order. */
  readonly signatures: number[]
  readonly tellTales: Set<TellTale>
  /** Distinct ids. */
  distinct: number
  duplicates: number
}

export interface WalkOptions<Row> {
  readonly fetchPage: FetchPage<Row>
  readonly idOf: (row: Row) => string
  /** Rows a page, as asked. */
  readonly pageSize: number
  /** Most pages in flight. */
  readonly lookahead: number
  /** Ids that came already; those of this walk are added. */
  readonly seen: Seen
  readonly signal: AbortSignal
  /** Where to begin: the first page, or that of a cursor. */
  readonly from: number
  readonly base: 0 | 1
}

export const newRecord = ({ from, base }: { readonly from: number; readonly base: 0 | 1 }): WalkRecord => ({
  total: undefined,
  base,
  first: from,
  last: from,
  signatures: [],
  tellTales: new Set(),
  distinct: 0,
  duplicates: 0,
})

/** Whether two walks saw the same list. */
export const sameWalk = (a: WalkRecord, b: WalkRecord): boolean =>
  a.total === b.total &&
  a.signatures.length === b.signatures.length &&
  a.signatures.every((signature, at) => signature === b.signatures[at])

/** This many empty pages in a row end a walk, whatever total the service claims. */
const enoughEmpty = 3

/** One pass through the list, in page order. What it sees of the list's ways goes into `record`. */
export async function* walk<Row>(options: WalkOptions<Row>, record: WalkRecord): AsyncGenerator<WalkedPage<Row>, void, undefined> {
  const { fetchPage, idOf, seen, signal, from } = options
  const { tellTales } = record
  const firstPage = await firstOf(options, record)
  const firstIds = firstPage.items.map(idOf)
  const size = firstPage.pageSize !== undefined && firstPage.pageSize > 0 ? firstPage.pageSize : options.pageSize
  const total = firstPage.totalElements
  record.total = total
  if (total === undefined) tellTales.add('no-total')
  let empty = 0

  const rowsFrom = (pageNum: number): number => (total === undefined ? Infinity : Math.max(0, total - (pageNum - record.base) * size))
  const enter = (pageNum: number, page: Page<Row>, ids = page.items.map(idOf)): WalkedPage<Row> => {
    if (page.totalElements !== total) tellTales.add('total-changed')
    if (page.pageNum !== undefined && page.pageNum !== pageNum && pageNum !== record.first) tellTales.add('page-echo')
    if (total !== undefined && ids.length !== Math.min(size, rowsFrom(pageNum))) tellTales.add('short-page')
    const fresh: number[] = []
    ids.forEach((id, at) => (seen.add(id) ? fresh.push(at) : record.duplicates++))
    record.signatures.push(signatureOfIds(ids))
    record.last = pageNum
    empty = ids.length === 0 ? empty + 1 : 0
    return { pageNum, items: page.items, ids, fresh }
  }
  function* numbers(): Generator<number, void, undefined> {
    for (let pageNum = record.first + 1; ; pageNum++) {
      if (rowsFrom(pageNum) === 0 || empty >= (total === undefined ? 1 : enoughEmpty)) return
      yield pageNum
    }
  }

  yield enter(record.first, firstPage, firstIds)
  const numbered = async (pageNum: number, pageSignal: AbortSignal) => ({ pageNum, page: await fetchPage(pageNum, pageSignal) })
  for await (const { pageNum, page } of lookahead(numbers(), numbered, { limit: options.lookahead, signal })) {
    const ids = page.items.map(idOf)
    if (pageNum === 1 && from === 0 && record.base === 0 && ids.length > 0 && sameIds(ids, firstIds)) {
      record.base = 1 // page 0 is page 1: the service counts from 1, and the list ends one number later
      record.first = 1
      record.last = 1
    } else if (empty < enoughEmpty) yield enter(pageNum, page, ids)
  }
  if (total !== undefined && empty < enoughEmpty && seen.size < rowsFrom(record.first)) {
    const beyond = await fetchPage(record.last + 1, signal) // a service may count from 1 without showing it
    if (beyond.items.length > 0) yield enter(record.last + 1, beyond)
  }
  // The echo of the first page is judged last: 1 for page 0 is no fault of a service that counts from 1.
  if (firstPage.pageNum !== undefined && firstPage.pageNum !== record.first && firstPage.pageNum !== from) tellTales.add('page-echo')
  if (record.base === 1) tellTales.add('one-based')
  if (record.duplicates > 0) tellTales.add('repeated-id')
  record.distinct = seen.size
}

const sameIds = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((id, at) => id === b[at])

/** The first page; where page 0 is refused, page 1 of a service that counts from 1. */
async function firstOf<Row>({ fetchPage, from, signal }: WalkOptions<Row>, record: WalkRecord): Promise<Page<Row>> {
  try {
    return await fetchPage(from, signal)
  } catch (refusal) {
    const mayCountFromOne =
      from === 0 && refusal instanceof DbsError && (refusal.code === 'refused' || refusal.code === 'not-found') && !refusal.retryable
    if (!mayCountFromOne) throw refusal
    const page = await fetchPage(1, signal).catch(() => {
      throw refusal
    })
    record.base = 1
    record.first = 1
    record.last = 1
    return page
  }
}
