import type { WalkStart } from './first-page.js'
import { lookahead } from './lookahead.js'
import type { FetchPage, Page } from './page.js'
import type { TellTale } from './proof.js'
import type { Seen } from './seen.js'
import { signatureOfIds } from './signature-of-ids.js'
import { tellTalesOf } from './tell-tales.js'

/** A page in its place within a walk. */
export interface WalkedPage<Row> {
  readonly pageNum: number
  readonly items: readonly Row[]
  readonly ids: readonly string[]
  /** Places in the page of the ids that no walk has met before. */
  readonly fresh: readonly number[]
}

/** What one pass through a list saw; whole when its generator has ended. */
export interface WalkRecord {
  /** 1 for the first walk. */
  readonly number: number
  /** What the service said it has, on the page the walk began with. */
  readonly total: number | undefined
  /** Rows before those of this walk: what stands before the cursor it went on from. */
  readonly before: number
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
  /** Whether the last page had no rows. */
  endsEmpty: boolean
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
}

/** A service may cap the size that was asked for; what it says is believed where its page bears it out. */
function sizeOf<Row>({ pageSize, items }: Page<Row>, asked: number): number {
  return pageSize !== undefined && pageSize > 0 && pageSize < asked && items.length <= pageSize ? pageSize : asked
}

export function newRecord<Row>(number: number, { pageNum, page, base, skip }: WalkStart<Row>, pageSize: number): WalkRecord {
  return {
    number,
    total: page.totalElements,
    before: (pageNum - base) * sizeOf(page, pageSize) + skip,
    base,
    first: pageNum,
    last: pageNum,
    signatures: [],
    tellTales: new Set(page.totalElements === undefined ? ['no-total'] : []),
    distinct: 0,
    duplicates: 0,
    endsEmpty: false,
  }
}

/** So many pages in a row without one id that is new to the walk end it, whatever total the service claims. */
const enoughBarren = 3

/** One pass through the list, in page order. What it sees of the list's ways goes into `record`. */
export async function* walk<Row>(
  { fetchPage, idOf, pageSize, lookahead: limit, seen, signal }: WalkOptions<Row>,
  start: WalkStart<Row>,
  record: WalkRecord,
): AsyncGenerator<WalkedPage<Row>, void, undefined> {
  const { total, tellTales } = record
  const size = sizeOf(start.page, pageSize)
  const firstIds = start.page.items.map(idOf)
  let lastRows = 0
  let barren = 0

  const rowsFrom = (pageNum: number): number => (total === undefined ? Infinity : Math.max(0, total - (pageNum - record.base) * size))
  const enter = (pageNum: number, page: Page<Row>, ids = page.items.map(idOf)): WalkedPage<Row> => {
    const rows = total === undefined ? undefined : Math.min(size, rowsFrom(pageNum))
    const expected = { pageNum, total, rows, isFirst: pageNum === record.first }
    for (const tellTale of tellTalesOf({ ...page, rows: ids.length }, expected)) tellTales.add(tellTale)
    const skip = pageNum === start.pageNum ? start.skip : 0
    const fresh: number[] = []
    let isBarren = true
    for (const [at, id] of ids.entries()) {
      const sighting = seen.meet(id, record.number)
      if (sighting === 'repeated') record.duplicates++
      else {
        isBarren = false
        if (at >= skip) record.distinct++
        if (at >= skip && sighting === 'new') fresh.push(at)
      }
    }
    record.signatures.push(signatureOfIds(ids))
    record.last = pageNum
    record.endsEmpty = ids.length === 0
    lastRows = ids.length
    barren = isBarren ? barren + 1 : 0
    return { pageNum, items: page.items, ids, fresh }
  }
  // Without a total nothing but an empty page tells the end.
  const goesOn = (): boolean => barren < (total === undefined ? 1 : enoughBarren)
  function* numbers(): Generator<number, void, undefined> {
    for (let pageNum = record.first + 1; rowsFrom(pageNum) > 0; pageNum++) yield pageNum
  }

  yield enter(start.pageNum, start.page, firstIds)
  const numbered = async (pageNum: number, pageSignal: AbortSignal) => ({ pageNum, page: await fetchPage(pageNum, pageSignal) })
  // One by one without a total: then the page that ends the list is the last to be read, and tells its length after all others were.
  const ahead = { limit: total === undefined ? 1 : limit, signal }
  if (goesOn())
    for await (const { pageNum, page } of lookahead(numbers(), numbered, ahead)) {
      const ids = page.items.map(idOf)
      if (pageNum === 1 && record.first === 0 && ids.length > 0 && sameIds(ids, firstIds)) {
        record.base = 1 // page 0 is page 1: the service counts from 1, and the list ends one number later
        record.first = 1
        record.last = 1
        if (page.totalElements !== total) tellTales.add('total-changed')
      } else yield enter(pageNum, page, ids)
      if (!goesOn()) break
    }

  // Beyond the end that the total names: once where rows lack, since a service may count from 1 without showing it; and on while pages hold more than it allows.
  const isLacking = (): boolean => total !== undefined && record.before + record.distinct < total
  const isOver = (): boolean => lastRows > rowsFrom(record.last)
  for (let asked = false; goesOn() && (isOver() || (!asked && isLacking())); asked = true) {
    const page = await fetchPage(record.last + 1, signal)
    if (page.items.length === 0) break
    yield enter(record.last + 1, page)
  }
  if (record.base === 1) tellTales.add('one-based')
  if (record.duplicates > 0) tellTales.add('repeated-id')
}

const sameIds = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((id, at) => id === b[at])
