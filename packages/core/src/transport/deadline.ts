import { setMaxListeners } from 'node:events'
import type { Clock } from '../clock.js'
import type { DbsError } from '../errors/dbs-error.js'

/** The moment something must have ended by, as a signal. Dispose of it, so that no timer and no listener stays. */
export interface Deadline extends Disposable {
  /** Aborts with the deadline's error, or as a parent does. */
  readonly signal: AbortSignal
  /** Milliseconds that are left; Infinity without a limit. */
  readonly leftMs: () => number
}

/**
 * Starts a deadline. AbortSignal.any and AbortSignal.timeout would do it in two lines, but on Node 20 the first holds on to every signal that was made
 * from a long-lived one, and the second cannot be turned by hand in tests.
 * @param timeoutMs undefined for none
 */
export function startDeadline(
  clock: Clock,
  timeoutMs: number | undefined,
  error: () => DbsError,
  ...parents: readonly (AbortSignal | undefined)[]
): Deadline {
  const controller = new AbortController()
  const followed = parents.filter((parent) => parent !== undefined)
  const follow = (): void => controller.abort(followed.find(({ aborted }) => aborted)?.reason)
  // Hundreds of requests may listen to one parent; each takes its listener away, so Node's warning of a leak at eleven would be false.
  setMaxListeners(0, controller.signal, ...followed)
  if (followed.some(({ aborted }) => aborted)) follow()
  else for (const parent of followed) parent.addEventListener('abort', follow, { once: true })
  const timer = new AbortController()
  const end = timeoutMs === undefined ? Infinity : clock.monotonic() + timeoutMs
  if (timeoutMs !== undefined && !controller.signal.aborted) void expire(clock, end, timer.signal, () => controller.abort(error()))
  return {
    signal: controller.signal,
    leftMs: () => Math.max(0, end - clock.monotonic()),
    [Symbol.dispose]() {
      for (const parent of followed) parent.removeEventListener('abort', follow)
      timer.abort()
    },
  }
}

const longestTimerMs = 2 ** 31 - 1

async function expire(clock: Clock, end: number, signal: AbortSignal, abort: () => void): Promise<void> {
  try {
    for (let left = end - clock.monotonic(); left > 0; left = end - clock.monotonic())
      await clock.sleep(Math.min(left, longestTimerMs), signal)
    abort()
  } catch {
    // Disposed of in time.
  }
}
