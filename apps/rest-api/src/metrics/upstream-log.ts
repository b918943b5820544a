import type { Logger } from 'pino'
import type { UpstreamListener } from './upstream-watch.js'

/** With `--debug`: a line for everything that is sent to DBS and comes back. The channels tell nothing secret. */
export const upstreamLog = (log: Logger): UpstreamListener => ({
  request: ({ id, action, host, attempt, method, url, headers, body }) =>
    log.debug({ upstream: id, action, host, attempt, method, url, headers, body }, 'asked DBS'),
  answer: ({ id, action, attempt, httpStatus, bytes, durationMs, headers }) =>
    log.debug({ upstream: id, action, attempt, httpStatus, bytes, durationMs: Math.round(durationMs), headers }, 'DBS answered'),
  failure: ({ id, action, attempt, code, serviceCode, requestId, throttled, pauseMs }) =>
    log.debug({ upstream: id, action, attempt, code, serviceCode, upstreamRequestId: requestId, throttled, pauseMs }, 'an attempt failed'),
})
