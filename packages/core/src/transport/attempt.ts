import type { Dispatcher } from 'undici'
import type { Clock } from '../clock.js'
import type { Credentials, CredentialsProvider } from '../credentials/credentials.js'
import { AnswerError } from '../errors/answer-error.js'
import { asOurs } from '../errors/as-ours.js'
import { ConnectionError } from '../errors/connection-error.js'
import type { DbsError } from '../errors/dbs-error.js'
import { ServiceError } from '../errors/service-error.js'
import { decode } from '../wire/decode.js'
import { unwrap } from '../wire/unwrap.js'
import type { Answer, Call } from './caller.js'
import { startDeadline } from './deadline.js'
import { exchange, requestIdIn, type Exchanged } from './exchange.js'
import { tellAnswer, tellRequest, tellSuccess } from './observe.js'
import type { Pace } from './pace.js'
import { acsRetryAfter, retryAfterMs } from './server-hint.js'
import { signedRequest, type RequestPlan, type SignedRequest } from './signed-request.js'

/** What an attempt needs from outside. */
export interface AttemptParts {
  readonly dispatcher: Dispatcher
  /** Asked before every attempt, so that keys which expire are replaced in the middle of a listing. */
  readonly credentials: CredentialsProvider
  readonly pace: Pace
  readonly clock: Clock
  /** A fresh word each time it is called. */
  readonly nonce: () => string
  readonly attemptTimeoutMs: number
}

/** Which attempt it is. */
export interface Occasion {
  /** Unlike that of any other attempt of the same client. */
  readonly id: number
  /** Counted from 1 within the request. */
  readonly number: number
  /** The pause before it. */
  readonly delayMs: number
  /** Added to our time, to be on the host's. */
  readonly offsetMs: number
}

/** An attempt that failed: what the rule must know, and what its cure needs. */
export interface FailedAttempt {
  readonly error: DbsError
  readonly throttled: boolean
  readonly retryAfterMs: number | undefined
  readonly credentials: Credentials | undefined
  /** Undefined when it failed before anything was sent. */
  readonly request: SignedRequest | undefined
  /** Of the answer, where there was one. */
  readonly headers: Readonly<Record<string, string>>
}

/** One attempt at a call: keys, turn, signature, exchange, judgement. Signed anew each time, since a nonce serves once. */
export async function attempt(
  parts: AttemptParts,
  call: Call,
  plan: RequestPlan,
  occasion: Occasion,
  signal: AbortSignal,
): Promise<{ readonly answer: Omit<Answer, 'attempts'> } | { readonly failed: FailedAttempt }> {
  const { clock, pace } = parts
  let credentials: Credentials | undefined
  let request: SignedRequest | undefined
  let exchanged: Exchanged | undefined
  try {
    credentials = await parts.credentials.get(signal)
    await pace.turn(credentials.accessKeyId, signal)
    const date = new Date(clock.now() + occasion.offsetMs)
    const retry = occasion.number === 1 ? undefined : { attempt: occasion.number - 1, delayMs: occasion.delayMs }
    request = signedRequest(call, plan, { credentials, date, nonce: parts.nonce(), retry })
    exchanged = await observedExchange(parts, call, plan, occasion, request, signal)
    const answer = await judged(call, plan, exchanged)
    pace.succeeded(credentials.accessKeyId)
    tellSuccess({ id: occasion.id, action: call.action, host: plan.endpoint.host, attempt: occasion.number })
    return { answer }
  } catch (thrown) {
    const error = asOurs(thrown)
    const throttled = exchanged !== undefined && isThrottle(error, exchanged)
    if (credentials !== undefined && exchanged !== undefined) {
      if (throttled) pace.throttled(credentials.accessKeyId)
      else pace.succeeded(credentials.accessKeyId) // it did not ask to go slower
    }
    const headers = exchanged?.headers ?? {}
    error.requestId ??= requestIdIn(headers)
    return { failed: { error, throttled, retryAfterMs: retryAfterMs(headers, clock.now()), credentials, request, headers } }
  }
}

async function observedExchange(
  { clock, dispatcher, attemptTimeoutMs }: AttemptParts,
  { action }: Call,
  { endpoint: { host } }: RequestPlan,
  { id, number }: Occasion,
  request: SignedRequest,
  signal: AbortSignal,
): Promise<Exchanged> {
  const facts = { id, action, host, attempt: number }
  tellRequest(facts, request)
  const sentAt = clock.monotonic()
  const outOfTime = (): DbsError =>
    new ConnectionError(host, `no answer within ${attemptTimeoutMs / 1000} s, see --attempt-timeout`, { timedOut: true })
  using limit = startDeadline(clock, attemptTimeoutMs, outOfTime, signal)
  const exchanged = await exchange(dispatcher, request, { signal: limit.signal })
  const { httpStatus, headers, bytes } = exchanged
  tellAnswer({ ...facts, httpStatus, headers, bytes: bytes.byteLength, durationMs: clock.monotonic() - sentAt })
  return exchanged
}

async function judged(
  { action }: Call,
  { endpoint }: RequestPlan,
  { httpStatus, headers, bytes }: Exchanged,
): Promise<Omit<Answer, 'attempts'>> {
  if (httpStatus >= 300 && httpStatus < 400) {
    throw new AnswerError(`${endpoint.host} redirects (HTTP ${httpStatus}), and credentials are not sent elsewhere.`, {
      httpStatus,
      hint: 'Check --endpoint, and what stands between.',
    })
  }
  const requestId = requestIdIn(headers)
  const value = await decode({ bytes, contentType: headers['content-type'], httpStatus })
  const body = unwrap(action, { httpStatus, body: value, requestId })
  const ofBody = body['RequestId']
  return { body, requestId: typeof ofBody === 'string' && ofBody !== '' ? ofBody : requestId, httpStatus }
}

/** A throttle says so by its code, by 429, or by the header that the vendor's newest clients take for one. */
const isThrottle = (error: DbsError, { httpStatus, headers }: Exchanged): boolean =>
  (error instanceof ServiceError && error.throttled) || httpStatus === 429 || (httpStatus >= 400 && acsRetryAfter(headers) !== undefined)
