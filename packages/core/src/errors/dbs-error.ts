import type { ErrorCode } from './codes.js'

/** What an error knows beyond its message. */
export interface ErrorFacts {
  /** The next step: a command, a setting or a RAM action. */
  readonly hint?: string | undefined
  /** DBS's own word, as `Throttling.User`. */
  readonly serviceCode?: string | undefined
  /** DBS's RequestId of the answer that failed. */
  readonly requestId?: string | undefined
  readonly httpStatus?: number | undefined
  /** Whether the same call may succeed later. @default false */
  readonly retryable?: boolean | undefined
  /** Requests sent before this error was given up on. */
  readonly attempts?: number | undefined
  /** Where a listing can go on; see `ListOptions.cursor`. */
  readonly cursor?: string | undefined
  /** Never an error of a vendor package or of undici: those quote files, URLs and headers. */
  readonly cause?: unknown
}

/** An error as JSON, as the CLI prints it and the REST API answers it. */
export interface ErrorJson {
  readonly code: ErrorCode
  readonly serviceCode?: string
  readonly message: string
  readonly requestId?: string
  readonly httpStatus?: number
  readonly retryable: boolean
  readonly hint?: string
  readonly attempts?: number
  readonly cursor?: string
}

/** The base of every error this package throws. */
export class DbsError extends Error {
  override readonly name: string = 'DbsError'
  readonly code: ErrorCode
  /** The next step; made more exact by the loop that saw the request. */
  hint: string | undefined
  readonly serviceCode: string | undefined
  /** Filled in, where what failed did not know it, by who had the answer. */
  requestId: string | undefined
  readonly httpStatus: number | undefined
  readonly retryable: boolean
  /** Requests sent; filled in by the loop that gave up. */
  attempts: number | undefined
  /** Filled in by the listing that stopped. */
  cursor: string | undefined
  /** How long the server asks to be left alone, milliseconds; filled in by the loop that gave up, and told in the hint. */
  retryAfterMs: number | undefined

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.code = code
    this.hint = facts.hint
    this.serviceCode = facts.serviceCode
    this.requestId = facts.requestId
    this.httpStatus = facts.httpStatus
    this.retryable = facts.retryable ?? false
    this.attempts = facts.attempts
    this.cursor = facts.cursor
  }

  toJSON(): ErrorJson {
    return {
      code: this.code,
      ...(this.serviceCode !== undefined && { serviceCode: this.serviceCode }),
      message: this.message,
      ...(this.requestId !== undefined && { requestId: this.requestId }),
      ...(this.httpStatus !== undefined && { httpStatus: this.httpStatus }),
      retryable: this.retryable,
      ...(this.hint !== undefined && { hint: this.hint }),
      ...(this.attempts !== undefined && { attempts: this.attempts }),
      ...(this.cursor !== undefined && { cursor: this.cursor }),
    }
  }
}
