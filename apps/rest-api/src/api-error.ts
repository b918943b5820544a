/** What this API refuses by itself; DBS's and core's own words come beside them (docs/errors.md). The list is closed: its table of statuses does not compile while one is missing. */
export type ApiCode =
  | 'unauthenticated'
  | 'forbidden'
  | 'foreign-request'
  | 'method-not-allowed'
  | 'not-acceptable'
  | 'snapshot-gone'
  | 'body-too-large'
  | 'unsupported-media-type'
  | 'malformed-request'
  | 'header-too-large'
  | 'target-too-long'
  | 'request-timed-out'
  | 'idempotency-conflict'
  | 'rate-limited'
  | 'list-too-large'
  | 'not-ready'
  | 'too-many-readers'
  | 'stopping'

export interface ApiErrorFacts {
  /** The next step. */
  readonly hint?: string | undefined
  /** Headers the answer must have, as `Allow`. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** The API itself refuses; nothing is wrong with DBS. */
export class ApiError extends Error {
  override readonly name: string = 'ApiError'
  readonly code: ApiCode
  readonly hint: string | undefined
  readonly headers: Readonly<Record<string, string>>

  constructor(code: ApiCode, message: string, { hint, headers = {} }: ApiErrorFacts = {}) {
    super(message)
    this.code = code
    this.hint = hint
    this.headers = headers
  }
}
