import type { Clock } from '@backset/core'
import type { Command as AnyCommand, Options } from '@backset/settings'

/** Where text goes. */
export interface Sink {
  readonly write: (text: string) => Promise<void>
  readonly isTTY: boolean
  /** The terminal's width; undefined in a pipe. */
  readonly columns: number | undefined
}

/** The world around a command; `main.ts` gives the real one, tests their own. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Sink
  readonly stderr: Sink
  readonly homeDir: string
  readonly cwd: string
  readonly version: string
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
  /** Host and process, for people: they find it in locks and ledgers. */
  readonly owner: string
  /** Aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal
}

export type Command<Flags extends Options = Options> = AnyCommand<Context, Flags>

/** Types a command's arguments from its options. */
export function defineCommand<const Flags extends Options>(command: Command<Flags>): Command<Flags> {
  return command
}
