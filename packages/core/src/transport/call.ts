import { asOurs } from '../errors/as-ours.js'
import { ConnectionError } from '../errors/connection-error.js'
import type { DbsError } from '../errors/dbs-error.js'
import { attempt, type AttemptParts, type FailedAttempt } from './attempt.js'
import type { Answer, Call, Caller, CallOptions } from './caller.js'
import { Cures, type Ailment } from './cures.js'
import { startDeadline, type Deadline } from './deadline.js'
import { tellFailure } from './observe.js'
import { pauseBeforeNext, RetryBudget } from './retry.js'
import type { RequestPlan } from './signed-request.js'
import { Slots } from './slots.js'

/** What a caller is made of; everything that varies comes in here. */
export interface CallerParts extends AttemptParts {
  /** How to ask; `regionId` is that of the call, where it names one. */
  readonly planFor: (regionId: string | undefined) => RequestPlan
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** Attempts a request may take, the first included. */
  readonly maxAttempts: number
  /** All attempts of a request and the pauses between; it begins when a slot is free. */
  readonly requestTimeoutMs: number
  /** Requests in flight at once; who pauses keeps its slot. */
  readonly maxInFlight: number
}

/** What a request has cost so far. */
interface Tally {
  /** Attempts that were sent. */
  sent: number
  /** Tokens its retries took from the budget. */
  spent: number
}

/** A request on its way, through all its attempts. */
interface Request {
  readonly call: Call
  readonly plan: RequestPlan
  readonly limit: Deadline
  readonly leftMs: () => number
  readonly tried: Set<Ailment>
  readonly tally: Tally
}

/** The loop around every call: attempt, judge, pause, until it succeeds or is hopeless. */
export function openCaller(parts: CallerParts): Caller {
  const { clock, random, maxAttempts, requestTimeoutMs } = parts
  const budget = new RetryBudget()
  const cures = new Cures(clock, parts.credentials)
  const slots = new Slots(parts.maxInFlight)
  let lastId = 0

  async function untilItEnds(request: Request): Promise<Answer> {
    const { call, plan, limit, tally } = request
    const { host } = plan.endpoint
    let last: DbsError | undefined
    for (let number = 1, delayMs = 0; ; number++) {
      const occasion = { id: ++lastId, number, delayMs, offsetMs: cures.offsets.of(host) }
      const outcome = await attempt(parts, call, plan, occasion, limit.signal)
      if ('answer' in outcome) {
        budget.giveBack(tally.spent)
        return { ...outcome.answer, attempts: tally.sent + 1 }
      }
      const { failed } = outcome
      if (failed.request !== undefined) tally.sent++
      const pauseMs = pauseAfter(failed, number, request)
      const { error, throttled } = failed
      const { code, serviceCode, requestId } = error
      tellFailure({ id: occasion.id, action: call.action, host, attempt: number, code, serviceCode, requestId, throttled, pauseMs })
      if (pauseMs === undefined) tellWait(failed)
      // Out of time before its turn came again, the refusal it waited on says more.
      if (pauseMs === undefined) throw failed.request === undefined && error instanceof ConnectionError ? (last ?? error) : error
      last = error
      delayMs = pauseMs
      await clock.sleep(pauseMs, limit.signal)
    }
  }

  /** @returns milliseconds until the next attempt; undefined: there is none */
  function pauseAfter(failed: FailedAttempt, number: number, request: Request): number | undefined {
    const { error, throttled, retryAfterMs } = failed
    const { call, plan, limit, leftMs, tried, tally } = request
    const curable = cures.apply(plan.endpoint.host, failed, tried) ?? (error.retryable || throttled)
    const retryable = curable && call.safety !== 'unsafe' && !limit.signal.aborted
    const room = { maxAttempts, leftMs: Math.min(limit.leftMs(), leftMs()) }
    const pauseMs = pauseBeforeNext({ retryable, throttled, retryAfterMs }, number, room, random)
    if (pauseMs === undefined) return undefined
    const cost = budget.take(error instanceof ConnectionError && error.timedOut)
    tally.spent += cost
    return cost > 0 ? pauseMs : undefined
  }

  return {
    async call(given: Call, { signal, leftMs = () => Infinity }: CallOptions = {}) {
      const tally = { sent: 0, spent: 0 }
      try {
        const call = withClientToken(given, parts.nonce)
        const regionId = call.parameters['RegionId']
        const plan = parts.planFor(regionId === undefined ? undefined : String(regionId))
        const outOfTime = (): DbsError => {
          const reason = `all attempts together took ${requestTimeoutMs / 1000} s, see --request-timeout`
          return new ConnectionError(plan.endpoint.host, reason, { timedOut: true })
        }
        const free = await slots.take(signal)
        try {
          using limit = startDeadline(clock, requestTimeoutMs, outOfTime, signal)
          return await untilItEnds({ call, plan, limit, leftMs, tried: new Set(), tally })
        } finally {
          free()
        }
      } catch (thrown) {
        const error = asOurs(thrown)
        error.attempts = tally.sent
        throw error
      }
    },
  }
}

/** A create is sent with a ClientToken, the same for all its attempts: so it can be sent again without making two tasks. */
function withClientToken(call: Call, nonce: () => string): Call {
  return call.safety === 'create' && call.parameters['ClientToken'] === undefined
    ? { ...call, parameters: { ...call.parameters, ClientToken: nonce() } }
    : call
}

/** Who gives up because the server wants to be left alone for longer than there is time says for how long. */
function tellWait({ error, throttled, retryAfterMs }: FailedAttempt): void {
  if (retryAfterMs === undefined || !(error.retryable || throttled)) return
  error.retryAfterMs = retryAfterMs
  error.hint = [`The server asks to wait ${Math.ceil(retryAfterMs / 1000)} s before the next call.`, error.hint].filter(Boolean).join(' ')
}
