import {
  abortErrorOf,
  type Clock,
  ConnectionError,
  connectionErrorOf,
  DbsError,
  pauseBeforeNext,
  retryAfterMs,
  startDeadline,
  unlessAborted,
} from '@backset/core'
import type { Dispatcher } from 'undici'
import { signatureHeaders } from './signature.js'
import { webhookAddress } from './webhook-address.js'

export interface Webhook {
  readonly url: string
  readonly secret?: string | undefined
  readonly allowHttp: boolean
}

export interface WebhookParts {
  readonly dispatcher: Dispatcher
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** Of one attempt, milliseconds. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
  /** Names the sender. */
  readonly userAgent: string
}

const maxAttempts = 4
/** All attempts and pauses: the run's claim is held meanwhile. */
const longestMs = 120_000
/** What a receiver answers is read to keep the connection, and no further. */
const answerBytes = 64 * 1024

/**
 * POSTs a body, again after a failure that may pass, by the rule of all requests. Each attempt is signed anew. Redirects are not followed.
 * @throws DbsError when it was not taken
 */
export async function sendWebhook(webhook: Webhook, body: string, parts: WebhookParts): Promise<void> {
  const { clock, random, signal } = parts
  const address = webhookAddress(webhook)
  const end = clock.monotonic() + longestMs
  for (let attempt = 1; ; attempt++) {
    const failure = await attemptOf(address, webhook.secret, body, parts)
    if (failure === undefined) return
    const { error, throttled = false, waitMs } = failure
    const room = { maxAttempts, leftMs: end - clock.monotonic() }
    const pauseMs = pauseBeforeNext({ retryable: error.retryable, throttled, retryAfterMs: waitMs }, attempt, room, random)
    if (pauseMs === undefined) {
      error.attempts = attempt
      throw error
    }
    await clock.sleep(pauseMs, signal)
  }
}

interface Failed {
  readonly error: DbsError
  readonly throttled?: boolean
  readonly waitMs?: number | undefined
}

/** @throws what the signal aborts with */
async function attemptOf(address: URL, secret: string | undefined, body: string, parts: WebhookParts): Promise<Failed | undefined> {
  const { dispatcher, clock, timeoutMs, signal, userAgent } = parts
  const { host, origin, pathname, search } = address
  using limit = startDeadline(clock, timeoutMs, () => new ConnectionError(host, `${timeoutMs / 1000} s`, { timedOut: true }), signal)
  try {
    const asked = dispatcher.request({
      origin,
      path: pathname + search,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': userAgent, ...signatureHeaders(body, secret, clock.now()) },
      body,
      signal: limit.signal,
    })
    // undici hears the signal only once it is connected.
    const { statusCode, headers, body: answer } = await unlessAborted(asked, limit.signal)
    await answer.dump({ limit: answerBytes, signal: limit.signal }).catch(() => undefined)
    if (statusCode >= 200 && statusCode < 300) return undefined
    const said = headers['retry-after']
    return {
      error: refusal(host, statusCode),
      throttled: statusCode === 429,
      waitMs: retryAfterMs(typeof said === 'string' ? { 'retry-after': said } : {}, clock.now()),
    }
  } catch (error) {
    if (signal.aborted) throw abortErrorOf(signal)
    return { error: limit.signal.aborted ? abortErrorOf(limit.signal) : connectionErrorOf(host, error) }
  }
}

/** A receiver that is down or busy may take it later; one that refuses, or sends elsewhere, will not. */
const refusal = (host: string, httpStatus: number): DbsError =>
  new DbsError('refused', `${host} answered HTTP ${httpStatus}.`, {
    httpStatus,
    retryable: httpStatus === 408 || httpStatus === 429 || httpStatus >= 500,
    hint: 'Look at the receiver of the webhook.',
  })
