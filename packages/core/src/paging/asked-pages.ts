import { ConnectionError } from '../errors/connection-error.js'
import { DbsError } from '../errors/dbs-error.js'
import type { FetchPage, Page } from './page.js'

/** Asks for the pages of one listing, and keeps count for its proof. */
export class AskedPages<Row> {
  readonly #fetchPage: FetchPage<Row>
  #requests = 0
  #firstRequestId: string | undefined
  #lastRequestId: string | undefined
  #total: number | undefined
  #wasAnswered = false

  constructor(fetchPage: FetchPage<Row>) {
    this.#fetchPage = fetchPage
  }

  /** What the proof tells of the requests. */
  get counts() {
    return { requests: this.#requests, firstRequestId: this.#firstRequestId, lastRequestId: this.#lastRequestId }
  }

  /** The newest total the service gave. */
  get total(): number | undefined {
    return this.#total
  }

  /** One page; once the service has answered, a page that failed in a way that may pass is asked for once more. */
  readonly fetch: FetchPage<Row> = async (pageNum, signal) => {
    try {
      return await this.#ask(pageNum, signal)
    } catch (error) {
      const mayPass = error instanceof DbsError && error.retryable && !(error instanceof ConnectionError && error.timedOut)
      if (!this.#wasAnswered || !mayPass || signal.aborted) throw error
      return await this.#ask(pageNum, signal)
    }
  }

  async #ask(pageNum: number, signal: AbortSignal): Promise<Page<Row>> {
    try {
      const page = await this.#fetchPage(pageNum, signal)
      this.#requests += page.attempts
      this.#firstRequestId ??= page.requestId
      this.#lastRequestId = page.requestId ?? this.#lastRequestId
      this.#total = page.totalElements
      this.#wasAnswered = true
      return page
    } catch (error) {
      if (error instanceof DbsError) this.#requests += error.attempts ?? 0
      throw error
    }
  }
}
