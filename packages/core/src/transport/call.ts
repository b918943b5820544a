import type { Dispatcher } from 'undici'
import type { Clock } from '../clock.js'
import type { Credentials, CredentialsProvider } from '../credentials/credentials.js'
import { abortErrorOf } from '../errors/aborted-error.js'
import { AnswerError } from '../errors/answer-error.js'
import { ConnectionError } from '../errors/connection-error.js'
import { DbsError } from '../errors/dbs-error.js'
import { ServiceError } from '../errors/service-error.js'
import { explainSignatureMismatch } from '../errors/signature-mismatch.js'
import { decode } from '../wire/decode.js'
import { unwrap } from '../wire/unwrap.js'
import type { Answer, Call, Caller, CallOptions } from './caller.js'
import { ClockOffsets } from './clock-offset.js'
import { startDeadline } from './deadline.js'
import { exchange, type Exchanged } from './exchange.js'
import { Slots } from './slots.js'
import { tellAnswer, tellFailure, tellRequest } from './observe.js'
import type { Pace } from './pace.js'
import { pauseBeforeNext, RetryBudget } from './retry.js'
import { acsRetryAfter, retryAfterMs } from './server-hint.js'
import { signedRequest, type RequestPlan, type SignedRequest } from './signed-request.js'

/** What a caller is made of; everything that varies comes in here. */
export interface CallerParts {
  readonly dispatcher: Dispatcher
  /** How to ask; `regionId` is that of the call, where it names one. */
  readonly planFor: (regionId: string | undefined) => RequestPlan
  readonly credentials: CredentialsProvider
  readonly pace: Pace
  readonly clock: Clock
  readonly nonce: () => string
  readonly random: () => number
  readonly maxAttempts: number
  readonly requestTimeoutMs: number
  readonly attemptTimeoutMs: number
  /** Requests in flight at once. */
  readonly maxInFlight: number
}

/** One attempt that failed: what the rule must know of it, and what it taught. */
interface Failed {
  readonly error: DbsError
  readonly id: number
  readonly host: string
  readonly headers: Readonly<Record<string, string>>
  readonly request: SignedRequest | undefined
  readonly keys?: Credentials | undefined
}

const clockCodes = new Set(['InvalidTimeStamp.Expired', 'IllegalTimestamp'])

/** The loop around every call: pace, sign, exchange, judge, pause. Each attempt is signed anew, since a nonce serves once. */
export function openCaller(parts: CallerParts): Caller {
  const { clock, credentials, pace, random } = parts
  const budget = new RetryBudget()
  const offsets = new ClockOffsets()
  const slots = new Slots(parts.maxInFlight)
  let attempts = 0

  async function attempt(
    call: Call,
    plan: RequestPlan,
    number: number,
    delayMs: number,
    signal: AbortSignal,
    fail: (facts: Omit<Failed, 'error'>) => void,
  ): Promise<Answer> {
    const { host } = plan.endpoint
    const id = ++attempts
    fail({ id, host, headers: {}, request: undefined })
    const keys: Credentials = await credentials.get(signal)
    await pace.turn(keys.accessKeyId, signal)
    const date = new Date(clock.now() + offsets.of(host))
    const retry = number === 1 ? undefined : { attempt: number - 1, delayMs }
    const request = signedRequest(call, plan, { credentials: keys, date, nonce: parts.nonce(), retry })
    fail({ id, host, headers: {}, request, keys })
    const facts = { id, action: call.action, host, attempt: number }
    tellRequest(facts, request)
    const sentAt = clock.monotonic()
    using limit = startDeadline(
      clock,
      parts.attemptTimeoutMs,
      () => new ConnectionError(host, `no answer within ${parts.attemptTimeoutMs / 1000} s`, { timedOut: true }),
      signal,
    )
    const answer: Exchanged = await exchange(parts.dispatcher, request, { signal: limit.signal })
    const { httpStatus, headers, bytes } = answer
    fail({ id, host, headers, request, keys })
    tellAnswer({ ...facts, httpStatus, headers, bytes: bytes.byteLength, durationMs: clock.monotonic() - sentAt })
    try {
      if (httpStatus >= 300 && httpStatus < 400) throw redirected(host, httpStatus)
      const requestId = headers['x-acs-request-id']
      const body = unwrap(call.action, {
        httpStatus,
        body: await decode({ bytes, contentType: headers['content-type'], httpStatus }),
        requestId,
      })
      pace.succeeded(keys.accessKeyId)
      const ofBody = body['RequestId']
      return { body, requestId: typeof ofBody === 'string' && ofBody !== '' ? ofBody : requestId, httpStatus, attempts: number }
    } catch (error) {
      if (isThrottled(error, answer)) pace.throttled(keys.accessKeyId)
      throw error
    }
  }

  return {
    async call(given: Call, { signal, leftMs = () => Infinity }: CallOptions = {}) {
      const call = withClientToken(given, parts.nonce)
      const regionId = call.parameters['RegionId']
      const plan = parts.planFor(regionId === undefined ? undefined : String(regionId))
      const { host } = plan.endpoint
      const outOfTime = (): DbsError =>
        new ConnectionError(host, `all attempts together took ${parts.requestTimeoutMs / 1000} s`, { timedOut: true })
      using limit = startDeadline(clock, parts.requestTimeoutMs, outOfTime, signal)
      const cured = new Set<string>()
      let spent = 0
      const free = await slots.take(limit.signal)
      try {
        for (let number = 1, delayMs = 0; ; number++) {
          let facts: Omit<Failed, 'error'> = { id: 0, host, headers: {}, request: undefined }
          try {
            const answer = await attempt(call, plan, number, delayMs, limit.signal, (known) => (facts = known))
            budget.giveBack(spent)
            return answer
          } catch (thrown) {
            const error = limit.signal.aborted && !(thrown instanceof DbsError) ? abortErrorOf(limit.signal) : asOurs(thrown)
            error.attempts = number
            const failed: Failed = { ...facts, error }
            const cure = cureFor(failed, cured)
            const throttled = isThrottled(error, { httpStatus: error.httpStatus ?? 0, headers: facts.headers })
            const room = { maxAttempts: parts.maxAttempts, leftMs: Math.min(limit.leftMs(), leftMs()) }
            const retryable = call.safety !== 'unsafe' && !limit.signal.aborted && (cure ?? (error.retryable || throttled))
            const hint = retryAfterMs(facts.headers, clock.now())
            const pauseMs = pauseBeforeNext(
              { retryable, throttled, retryAfterMs: error.httpStatus === undefined ? undefined : hint },
              number,
              room,
              random,
            )
            const cost = pauseMs === undefined ? 0 : budget.take(error instanceof ConnectionError && error.timedOut)
            const { code, serviceCode, requestId } = error
            const goesOn = pauseMs !== undefined && cost > 0
            tellFailure({
              id: failed.id,
              action: call.action,
              host,
              attempt: number,
              code,
              serviceCode,
              requestId,
              throttled,
              pauseMs: goesOn ? pauseMs : undefined,
            })
            if (!goesOn) throw error
            spent += cost
            delayMs = pauseMs
            await clock.sleep(pauseMs, limit.signal)
          }
        }
      } finally {
        free()
      }
    },
  }

  /** Whether a refusal can be cured, and is for the first time; undefined: the error itself says whether to try again. */
  function cureFor({ error, host, headers, request, keys }: Failed, cured: Set<string>): boolean | undefined {
    const { serviceCode } = error
    if (serviceCode === undefined) return undefined
    if (serviceCode === 'SignatureDoesNotMatch' && error instanceof ServiceError && request !== undefined) {
      error.hint = explainSignatureMismatch(error.stringToSign, request.stringToSign)
      return undefined
    }
    const isClock = clockCodes.has(serviceCode)
    if (!isClock && serviceCode !== 'SignatureNonceUsed' && serviceCode !== 'InvalidSecurityToken.Expired') return undefined
    const kind = isClock ? 'clock' : serviceCode
    if (cured.has(kind)) return false
    cured.add(kind)
    if (isClock) {
      const now = clock.now()
      const learnt = offsets.learn(host, headers['date'], now)
      if (learnt)
        error.hint = `The clock of this machine is ${Math.round(Math.abs(offsets.of(host)) / 1000)} s ${offsets.of(host) < 0 ? 'ahead' : 'behind'}: set it (NTP).`
      return learnt
    }
    if (serviceCode === 'InvalidSecurityToken.Expired') {
      if (keys !== undefined) credentials.invalidate?.(keys)
      return credentials.invalidate !== undefined
    }
    return true
  }
}

/** A create is sent with a ClientToken, the same for all its attempts: so it can be sent again without making two tasks. */
function withClientToken(call: Call, nonce: () => string): Call {
  return call.safety === 'create' && call.parameters['ClientToken'] === undefined
    ? { ...call, parameters: { ...call.parameters, ClientToken: nonce() } }
    : call
}

/** A throttle says so by its code, by 429, or by the hint that the vendor's newest clients take for one. */
const isThrottled = (error: unknown, { httpStatus, headers }: Pick<Exchanged, 'httpStatus' | 'headers'>): boolean =>
  (error instanceof ServiceError && error.throttled) || httpStatus === 429 || (httpStatus >= 400 && acsRetryAfter(headers) !== undefined)

const redirected = (host: string, httpStatus: number): AnswerError =>
  new AnswerError(`${host} redirects (HTTP ${httpStatus}), and credentials are not sent elsewhere.`, {
    httpStatus,
    hint: 'Check --endpoint, and what stands between.',
  })

/** Everything the loop throws is ours; what is not is a fault of ours and not tried again. */
function asOurs(error: unknown): DbsError {
  if (error instanceof DbsError) return error
  return new DbsError('internal', `The call failed in a way it should not: ${error instanceof Error ? error.name : 'unknown'}.`, {
    hint: 'Please report it.',
    cause: error,
  })
}
