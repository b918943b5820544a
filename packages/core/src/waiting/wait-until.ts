import type { Clock } from '../clock.js'

export interface WaitOptions {
  readonly clock: Clock
  /** Milliseconds before poll `polls` + 1. */
  readonly pauseMs: (polls: number) => number
  /** When to give up, by `clock.monotonic`; the last poll falls on it. */
  readonly deadlineMs: number
  readonly signal: AbortSignal
}

/** Polls, at once first, until `done` says so, or time is out. Owns no rule of its own. */
export async function waitUntil<Value>(
  poll: () => Promise<Value>,
  done: (value: Value) => boolean,
  { clock, pauseMs, deadlineMs, signal }: WaitOptions,
): Promise<{ readonly value: Value; readonly timedOut: boolean }> {
  for (let polls = 1; ; polls++) {
    const value = await poll()
    if (done(value)) return { value, timedOut: false }
    const leftMs = deadlineMs - clock.monotonic()
    if (leftMs <= 0) return { value, timedOut: true }
    await clock.sleep(Math.min(pauseMs(polls), leftMs), signal)
  }
}

const firstPauseMs = 2000
const longestPauseMs = 30_000

/** Pauses that grow by half from 2 s to 30 s, or stay at `intervalMs`; a tenth up or down, so that many who wait do not ask in step. */
export function growingPause(random: () => number, intervalMs?: number): (polls: number) => number {
  return (polls) => (intervalMs ?? Math.min(firstPauseMs * 1.5 ** (polls - 1), longestPauseMs)) * (0.9 + 0.2 * random())
}
