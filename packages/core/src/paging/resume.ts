import { DbsError } from '../errors/dbs-error.js'
import { names, type Cursor } from './cursor.js'
import type { WalkStart } from './first-page.js'
import type { FetchPage } from './page.js'

/**
 * The page that holds the row a cursor names. Rows move when others come or go before them, so the row is looked for on its page, then on those beside it.
 * @throws DbsError `invalid-cursor` when it is on none of them: to begin anywhere else would lose rows or bring some twice
 */
export async function pageOfCursor<Row>(
  cursor: Cursor,
  fetchPage: FetchPage<Row>,
  idOf: (row: Row) => string,
  signal: AbortSignal,
): Promise<WalkStart<Row>> {
  const { page: place, base } = cursor
  for (const pageNum of [place, place + 1, place - 1]) {
    if (pageNum < base) continue
    const page = await fetchPage(pageNum, signal)
    const at = page.items.findIndex((row) => names(cursor, idOf(row)))
    if (at >= 0) return { pageNum, page, base, skip: at + 1 }
  }
  throw new DbsError('invalid-cursor', 'The row that the cursor names is no longer where it was, nor on the pages beside it.', {
    hint: 'Leave the cursor out to start from the first row.',
  })
}

/** Whether the list is no more what it was when the cursor was made. */
export const movedSince = <Row>(cursor: Cursor, { pageNum, page, skip }: WalkStart<Row>): boolean =>
  pageNum !== cursor.page || skip !== cursor.offset || page.totalElements !== cursor.total
