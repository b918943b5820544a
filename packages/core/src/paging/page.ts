/** One page of a list, as the pager needs it; the fields a service may leave out are undefined. */
export interface Page<Row> {
  readonly items: readonly Row[]
  /** The page number the service says it answers. */
  readonly pageNum: number | undefined
  readonly pageSize: number | undefined
  readonly totalElements: number | undefined
  readonly totalPages: number | undefined
  readonly requestId: string | undefined
  /** Requests it took, retries included. */
  readonly attempts: number
}

/** Asks for one page; `signal` ends the request. */
export type FetchPage<Row> = (pageNum: number, signal: AbortSignal) => Promise<Page<Row>>
