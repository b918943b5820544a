import { DbsError } from '../errors/dbs-error.js'
import type { FetchPage, Page } from './page.js'

/** The page a walk begins with. */
export interface WalkStart<Row> {
  readonly pageNum: number
  readonly page: Page<Row>
  /** The number the service gives its first page, as far as it is known. */
  readonly base: 0 | 1
  /** Rows of the page that stand before a cursor, and count as seen. */
  readonly skip: number
}

/**
 * The first page: 0, or 1 where the service refuses 0 or shows nothing there although it has rows. No source says in words from where this list counts;
 * the sibling list counts from 0, in the vendor's Terraform provider.
 */
export async function firstPage<Row>(fetchPage: FetchPage<Row>, signal: AbortSignal): Promise<WalkStart<Row>> {
  const zero = await fetchPage(0, signal).catch((error: unknown) => {
    if (mayCountFromOne(error)) return error
    throw error
  })
  if (zero instanceof DbsError) {
    const page = await fetchPage(1, signal).catch(() => {
      throw zero
    })
    return { pageNum: 1, page, base: 1, skip: 0 }
  }
  if (zero.items.length === 0 && zero.totalElements !== undefined && zero.totalElements > 0) {
    const page = await fetchPage(1, signal)
    if (page.items.length > 0) return { pageNum: 1, page, base: 1, skip: 0 }
  }
  return { pageNum: 0, page: zero, base: 0, skip: 0 }
}

/** Whether a refusal may be of the number 0 alone. */
const mayCountFromOne = (error: unknown): error is DbsError =>
  error instanceof DbsError && (error.code === 'refused' || error.code === 'not-found') && !error.retryable
