import type { Clock } from '@backset/core'
import type { Sink } from '../command.js'

type Level = 'info' | 'warn' | 'error'

/** A log of JSON lines, for a program that collects them. */
export interface EventLog {
  readonly tell: (level: Level, message: string, facts?: Readonly<Record<string, unknown>>) => void
  /** Resolves once all that was told is written. */
  readonly flush: () => Promise<void>
}

/** @param redact takes out what came from the environment */
export function openEventLog(
  sink: Pick<Sink, 'write'>,
  { clock, redact }: { readonly clock: Clock; readonly redact: (text: string) => string },
): EventLog {
  let written = Promise.resolve()
  return {
    tell(level, message, facts = {}) {
      const line = redact(JSON.stringify({ time: new Date(clock.now()).toISOString(), level, message, ...facts }))
      // One after the other; a log that nobody reads stops no run.
      written = written.then(() => sink.write(`${line}\n`)).catch(() => undefined)
    },
    flush: () => written,
  }
}
