import { abortSignal, callback, type Domains } from '../check-options.js'
import type { Safety, WireParameters } from '../operations/operation.js'

/** One call of an action, before it is signed. */
export interface Call {
  readonly action: string
  readonly version: string
  readonly parameters: WireParameters
  /** `read`: retried freely; `create`: only with a ClientToken (the loop adds one where it is missing); `unsafe`: sent once. */
  readonly safety: Safety | 'unsafe'
}

/** What came back, once it is known to be a success. */
export interface Answer {
  /** The decoded body: plain values, no number rounded (one that JavaScript would change is the string of its digits), XML's root taken off. */
  readonly body: unknown
  readonly requestId: string | undefined
  readonly httpStatus: number
  /** Requests it took, the first included. */
  readonly attempts: number
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined
  /** Milliseconds until the caller's own deadline, which its signal enforces: a pause that would outlast it is not begun. */
  readonly leftMs?: (() => number) | undefined
}

export const callOptionDomains: Domains<CallOptions> = { signal: abortSignal, leftMs: callback }

/** Sends a call until it succeeds or is hopeless: pace, sign, exchange, judge, pause. */
export interface Caller {
  /** @throws DbsError, with `attempts` filled in */
  readonly call: (call: Call, options?: CallOptions) => Promise<Answer>
}
