import { systemClock, type Clock } from '@backset/core'

/** A clock on which pauses and deadlines come so many times sooner; dates stay, for requests bear them. */
export function hurriedClock(times: number): Clock {
  const startedAt = systemClock.monotonic()
  return {
    now: systemClock.now,
    monotonic: () => (systemClock.monotonic() - startedAt) * times,
    sleep: (ms, signal) => systemClock.sleep(ms / times, signal),
  }
}
