import type { DbsError } from '../src/errors/dbs-error.js'
import { openCaller, type CallerParts } from '../src/transport/call.js'
import type { Call, CallOptions } from '../src/transport/caller.js'
import { scriptedDispatcher, type Scripted } from './scripted-dispatcher.js'
import { turnedClock } from './turned-clock.js'

export const read: Call = { action: 'DescribeRegions', version: '2019-03-06', parameters: {}, safety: 'read' }
export const create: Call = { ...read, action: 'CreateFullBackupSetDownload', safety: 'create' }
export const unsafe: Call = { ...read, action: 'StopBackupPlan', safety: 'unsafe' }
/** What the system says when the other side hangs up. */
export const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
export const fine: Scripted = { body: { RequestId: 'R-9', Success: true } }

/** A caller against a script, with a clock that is turned by hand, and what became of it. */
export function scene(script: readonly Scripted[], changes: Partial<CallerParts> = {}) {
  const clock = turnedClock()
  const { dispatcher, sent } = scriptedDispatcher(...script)
  const pace = { throttled: 0, succeeded: 0 }
  let nonces = 0
  const caller = openCaller({
    dispatcher,
    planFor: (regionId) => ({
      endpoint: new URL('https://dbs.example'),
      signature: 'v3',
      method: 'POST',
      wire: 'json',
      regionId,
      userAgent: 'test',
    }),
    credentials: { source: 'test', get: async () => ({ accessKeyId: 'id', accessKeySecret: 'secret' }) },
    pace: { turn: async () => undefined, throttled: () => void pace.throttled++, succeeded: () => void pace.succeeded++ },
    clock,
    nonce: () => `nonce-${++nonces}`,
    random: () => 0.5,
    maxAttempts: 5,
    requestTimeoutMs: 60_000,
    attemptTimeoutMs: 10_000,
    maxInFlight: 16,
    ...changes,
  })
  /** The answer, or the error it ended with. */
  const run = (call: Call, options?: CallOptions) =>
    clock.turnUntil(caller.call(call, options).catch((error: unknown) => error as DbsError))
  return { clock, caller, run, sent, pace }
}
