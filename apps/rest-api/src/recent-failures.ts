import { AnswerError, DbsError } from '@backset/core'

/** A longer pause that DBS asks for is told to whoever asked, not waited for: core's `leftMs`. */
export const shortPauses = (): number => 5000

/** For how long after a failure nobody asks again, where DBS does not say. */
const briefMs = 1000
/** A header may say a year. */
const longestMs = 5 * 60_000
const mostKept = 1000

/** A failure that no success has followed yet. */
export interface RecentFailure {
  /** It as it is told again: with what is left of the wait. Undefined when that is over, and one may ask again. */
  readonly told: DbsError | undefined
}

/** How reading failed lately, by what was read: so that not everybody who asks has to find out. The oldest go first. */
export class RecentFailures {
  readonly #kept = new Map<string, { readonly error: DbsError; readonly until: number }>()
  readonly #now: () => number

  /** @param now milliseconds that never go back */
  constructor(now: () => number) {
    this.#now = now
  }

  note(key: string, error: DbsError): void {
    this.#kept.delete(key)
    this.#kept.set(key, { error, until: this.#now() + Math.min(error.retryAfterMs ?? briefMs, longestMs) })
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest)
  }

  forget(key: string): void {
    this.#kept.delete(key)
  }

  of(key: string): RecentFailure | undefined {
    const kept = this.#kept.get(key)
    if (kept === undefined) return undefined
    const leftMs = kept.until - this.#now()
    return { told: leftMs > 0 ? again(kept.error, leftMs) : undefined }
  }
}

/** Each reader has an error of its own. */
function again(error: DbsError, leftMs: number): DbsError {
  const { code, hint, serviceCode, requestId, httpStatus, retryable } = error
  const account = error instanceof AnswerError ? error.account : error.message
  const told = new DbsError(code, account, { hint, serviceCode, requestId, httpStatus, retryable })
  told.retryAfterMs = leftMs
  return told
}
