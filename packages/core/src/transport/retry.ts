/** What the rule must know of a failed attempt. */
export interface Failure {
  readonly retryable: boolean
  /** DBS asked to go slower. */
  readonly throttled: boolean
  /** What the server says to wait, milliseconds. */
  readonly retryAfterMs?: number | undefined
}

/** What is left to a request. */
export interface Room {
  readonly maxAttempts: number
  /** Until the nearest deadline. */
  readonly leftMs: number
}

const baseMs = 100
const throttledBaseMs = 500
const capMs = 20_000
/** The vendor's command line bounds a server's hint so. */
const longestHintMs = 60_000

/**
 * The pause in milliseconds before the next attempt; undefined: give up. The server's hint wins, up to 60 s; else full jitter from 100 ms, after a
 * throttle from 500 ms, to 20 s. A pause, or a hint, that would not end before the deadline is not begun.
 * @param attempt the number of the attempt that failed, from 1
 * @param random uniform in [0, 1)
 */
export function pauseBeforeNext(
  { retryable, throttled, retryAfterMs }: Failure,
  attempt: number,
  { maxAttempts, leftMs }: Room,
  random: () => number,
): number | undefined {
  if (!retryable || attempt >= maxAttempts) return undefined
  const pauseMs = retryAfterMs ?? random() * Math.min((throttled ? throttledBaseMs : baseMs) * 2 ** (attempt - 1), capMs)
  return pauseMs < leftMs ? Math.min(pauseMs, longestHintMs) : undefined
}

/**
 * What keeps many requests from hammering a service that is down: each retry takes tokens, and a success gives back what its retries took, or one. The
 * figures are those of the AWS SDKs' standard mode.
 */
export class RetryBudget {
  static readonly capacity = 500
  static readonly retryCost = 5
  static readonly timeoutCost = 10
  #tokens = RetryBudget.capacity

  /** Takes the tokens of one retry; 0 when there are not enough, and then there is none. */
  take(timedOut: boolean): number {
    const cost = timedOut ? RetryBudget.timeoutCost : RetryBudget.retryCost
    if (this.#tokens < cost) return 0
    this.#tokens -= cost
    return cost
  }

  /** @param tokens what the retries of the request that succeeded took */
  giveBack(tokens: number): void {
    this.#tokens = Math.min(RetryBudget.capacity, this.#tokens + Math.max(1, tokens))
  }
}
