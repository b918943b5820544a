import type { Clock } from '@backset/core'
import type { Sink } from './output/sink.js'

/** A flag as data: the parser, the help, and the completion scripts are all made from it. */
export interface Option {
  /** `text` takes one value, `list` is repeated or separated by commas, `switch` takes none. */
  readonly kind: 'text' | 'list' | 'switch'
  readonly summary: string
  /** One letter, as `o`. */
  readonly short?: string
  /** What stands for the value in the help, as `ID`. */
  readonly placeholder?: string
  /** The only words it takes. */
  readonly choices?: readonly string[]
  /** Words that are offered on Tab; whoever reads the value judges it. */
  readonly suggestions?: readonly string[]
  /** The value when the flag stands alone, as `--dry-run` beside `--dry-run=curl`. */
  readonly bare?: string
  /** The flag without which it means nothing. */
  readonly needs?: string
  /** The environment variable that sets the same. */
  readonly variable?: string
  /** Shown in the help; whoever reads the value applies it. */
  readonly fallback?: string
  /** The heading the help shows it under. @default 'Options' */
  readonly group?: string
}

export type Options = Readonly<Record<string, Option>>

type ValueOf<Of extends Option> =
  | { readonly list: readonly string[]; readonly switch: boolean; readonly text: string }[Of['kind']]
  | undefined

/** What a command's `run` gets: every flag under its own name, and the words that are no flags. */
export type Args<Flags extends Options> = { readonly [Name in keyof Flags]: ValueOf<Flags[Name]> } & { readonly words: readonly string[] }

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
  /** Aborts on SIGINT. */
  readonly signal: AbortSignal
}

export interface Command<Flags extends Options = Options> {
  readonly summary: string
  /** The words after the command's name: `TASK_ID`, or nothing. */
  readonly usage?: string
  readonly examples: readonly string[]
  /** How many words it takes. @default none */
  readonly words?: { readonly min: number; readonly max: number }
  readonly options: Flags
  /** The exit code; a thrown error becomes one by its `code`. */
  run(args: Args<Flags>, context: Context): Promise<number>
}

/** Types a command's arguments from its options. */
export function defineCommand<const Flags extends Options>(command: Command<Flags>): Command<Flags> {
  return command
}
