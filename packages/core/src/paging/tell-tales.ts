import type { TellTale } from './proof.js'

/** What a page says of itself and holds. */
export interface PageLook {
  readonly pageNum: number | undefined
  readonly totalElements: number | undefined
  readonly rows: number
}

/** What a page must be in a list that stands still. */
export interface Expected {
  /** The page that was asked for. */
  readonly pageNum: number
  readonly total: number | undefined
  /** A full page, or what the total leaves for the last one; undefined when the total is not known. */
  readonly rows: number | undefined
  /** Whether a walk begins with it. */
  readonly isFirst: boolean
}

/** The signs on one page that the list moved while it was read. Pure. */
export function tellTalesOf(page: PageLook, expected: Expected): TellTale[] {
  const tellTales: TellTale[] = []
  if (page.totalElements !== expected.total) tellTales.push('total-changed')
  if (!isEchoOf(page.pageNum, expected)) tellTales.push('page-echo')
  if (expected.rows !== undefined && page.rows !== expected.rows) tellTales.push('short-page')
  return tellTales
}

/**
 * A service that counts from 1 may answer 0 with its first page and call it 1. That is forgiven on the first page: were it the second page of a service
 * that counts from 0, the walk would lack the rows of the first, and the count would tell.
 */
const isEchoOf = (echo: number | undefined, { pageNum, isFirst }: Expected): boolean =>
  echo === undefined || echo === pageNum || (isFirst && pageNum === 0 && echo === 1)
