import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { continueTrace, type Trace } from './trace-context.js'

/** What a request is called where no route matched it: one name, however many paths are tried. */
export const unmatched = 'unmatched'

/** What may stand in a log as it came. */
const saneId = /^[A-Za-z0-9._-]{1,128}$/

/** One request and its answer, from the first byte to the last: what logs and metrics are made of. */
export class Exchange {
  readonly incoming: IncomingMessage
  readonly outgoing: ServerResponse
  /** The caller's `x-request-id` where it is sane, else a new one; every answer bears it. */
  readonly requestId: string
  readonly trace: Trace | undefined
  /** The template of the route, as `/v1/download-tasks/{taskId}`. */
  route: string = unmatched
  /** Id of the key that asked. */
  callerId: string | undefined
  /** Why it failed, as the answer says it. */
  code: string | undefined
  /** What DBS, or who stood in its place, sent instead of an answer, redacted; the log alone tells it. */
  excerpt: string | undefined
  /** Whether its answer had begun when there was no more to send: DBS failed in the middle of a list. */
  brokeOff = false
  /** Rejects where there is no more time to make an answer. */
  readonly givenUp: Promise<never>
  #giveUp: ((error: Error) => void) | undefined
  readonly #startedAt: number
  readonly #bytesBefore: number
  readonly #parentLog: Logger
  #log: Logger | undefined

  /** @param startedAt monotonic milliseconds */
  constructor(incoming: IncomingMessage, outgoing: ServerResponse, startedAt: number, log: Logger) {
    const { 'x-request-id': id, traceparent } = incoming.headers
    this.incoming = incoming
    this.outgoing = outgoing
    this.requestId = typeof id === 'string' && saneId.test(id) ? id : randomUUID()
    this.trace = continueTrace(typeof traceparent === 'string' ? traceparent : undefined)
    this.givenUp = new Promise<never>((_, reject) => (this.#giveUp = reject))
    this.givenUp.catch(() => undefined) // where nobody makes an answer any more
    this.#startedAt = startedAt
    this.#bytesBefore = incoming.socket.bytesWritten
    this.#parentLog = log
  }

  /** A log whose lines name this request; made when it is first needed. */
  get log(): Logger {
    return (this.#log ??= this.#parentLog.child({ requestId: this.requestId, ...this.trace }))
  }

  /** Answers with this error in place of what is still being made. */
  giveUp(error: Error): void {
    this.#giveUp?.(error)
  }

  durationMs(now: number): number {
    return now - this.#startedAt
  }

  /** What its answer took on the wire, headers included. */
  get bytes(): number {
    return this.incoming.socket.bytesWritten - this.#bytesBefore
  }

  /** Whether the whole answer was handed over before the connection ended. */
  get isAnswered(): boolean {
    return this.outgoing.writableFinished
  }
}
