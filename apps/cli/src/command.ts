import type { Clock } from '@backset/core'
import type { Command as AnyCommand, Options } from '@backset/settings'
import type { Sink } from './output/sink.js'
import type { Terminal } from './output/terminal.js'

/** The world around a command; `main.ts` gives the real one, tests their own. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Sink
  readonly stderr: Sink
  /** The terminal that stdout is; undefined in a pipe. */
  readonly terminal: Terminal | undefined
  /** What is piped in, as text; ends as the signal says. */
  readonly stdin: (signal: AbortSignal) => AsyncIterable<string>
  readonly homeDir: string
  readonly cwd: string
  readonly version: string
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** Aborts on SIGINT. */
  readonly signal: AbortSignal
}

export interface Command<Flags extends Options = Options> extends AnyCommand<Context, Flags> {
  /** The actions of DBS that it may call, whatever its flags: `backset policy` grants them. */
  readonly actions: readonly string[]
}

/** Types a command's arguments from its options. */
export function defineCommand<const Flags extends Options>(command: Command<Flags>): Command<Flags> {
  return command
}
