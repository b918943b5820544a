import type { Dispatcher } from 'undici'
import type { DbsError } from '../src/errors/dbs-error.js'
import { openCaller, type CallerParts } from '../src/transport/call.js'
import type { Call, CallOptions } from '../src/transport/caller.js'
import { scriptedDispatcher, type Scripted } from './scripted-dispatcher.js'
import { turnedClock, type TurnedClock } from './turned-clock.js'

export const read: Call = { action: 'DescribeRegions', version: '2019-03-06', parameters: {}, safety: 'read' }
export const create: Call = { ...read, action: 'CreateFullBackupSetDownload', safety: 'create' }
export const unsafe: Call = { ...read, action: 'StopBackupPlan', safety: 'unsafe' }
/** What the system says when the other side hangs up. */
export const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
export const fine: Scripted = { body: { RequestId: 'R-9', Success: true } }

/** The parts of a caller with the defaults of a client; jitter is half of what it may be, and nobody has to wait for a turn. */
export function callerParts(clock: TurnedClock, dispatcher: Dispatcher): CallerParts {
  let nonces = 0
  return {
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
    pace: { turn: async () => undefined, throttled: () => undefined, succeeded: () => undefined },
    clock,
    nonce: () => `nonce-${++nonces}`,
    random: () => 0.5,
    maxAttempts: 5,
    requestTimeoutMs: 60_000,
    attemptTimeoutMs: 10_000,
    maxInFlight: 16,
  }
}

/** A caller against a script, with a clock that is turned by hand. */
export function scene(script: readonly Scripted[], changes: Partial<CallerParts> = {}) {
  const clock = turnedClock()
  const { dispatcher, sent } = scriptedDispatcher(...script)
  const caller = openCaller({ ...callerParts(clock, dispatcher), ...changes })
  /** The answer, or the error it ended with. */
  const run = (call: Call, options?: CallOptions) =>
    clock.turnUntil(caller.call(call, options).catch((error: unknown) => error as DbsError))
  return { clock, caller, run, sent }
}
