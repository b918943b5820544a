import { Counter, Histogram, type Registry } from 'prom-client'
import type { UpstreamListener } from './upstream-watch.js'

/** What is asked of DBS, by action. */
export function upstreamMetrics(registry: Registry): UpstreamListener {
  const registers = [registry]
  const attempts = new Counter({
    name: 'backset_upstream_attempts_total',
    help: 'Signed requests sent to DBS, by action; each try of one request counts',
    labelNames: ['action'],
    registers,
  })
  const failures = new Counter({
    name: 'backset_upstream_failures_total',
    help: 'Attempts that failed, by action and code (docs/errors.md)',
    labelNames: ['action', 'code'],
    registers,
  })
  const durations = new Histogram({
    name: 'backset_upstream_answer_seconds',
    help: 'From an attempt to the end of its answer, by action',
    labelNames: ['action'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const throttles = new Counter({
    name: 'backset_upstream_throttles_total',
    help: 'Attempts that DBS refused for asking too fast, by action',
    labelNames: ['action'],
    registers,
  })
  const retries = new Counter({
    name: 'backset_upstream_retries_total',
    help: 'Failed attempts that were followed by another one, by action',
    labelNames: ['action'],
    registers,
  })
  const pauses = new Counter({
    name: 'backset_upstream_pause_seconds_total',
    help: 'Time spent between attempts, by action',
    labelNames: ['action'],
    registers,
  })
  return {
    request: ({ action }) => attempts.inc({ action }),
    answer: ({ action, durationMs }) => durations.observe({ action }, durationMs / 1000),
    failure({ action, code, throttled, pauseMs }) {
      failures.inc({ action, code })
      if (throttled) throttles.inc({ action })
      if (pauseMs === undefined) return
      retries.inc({ action })
      pauses.inc({ action }, pauseMs / 1000)
    },
  }
}
