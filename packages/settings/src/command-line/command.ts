import type { Args, Options } from './option.js'

/** A command as data: the parser, the help and the completion scripts are made from it. `Context` is the world around it. */
export interface Command<Context, Flags extends Options = Options> {
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

/** A command before it is loaded, or a group of them, as `create` with `full` and `increment`: help and start read this table alone. */
export type Entry<Context> =
  | { readonly summary: string; readonly load: () => Promise<Command<Context>> }
  | { readonly summary: string; readonly examples: readonly string[]; readonly commands: Commands<Context> }

/** Commands by name, in the order the help shows them. */
export type Commands<Context> = Readonly<Record<string, Entry<Context>>>

/** Every command by the words that name it, as `create full`, loaded. */
export async function loadCommands<Context>(commands: Commands<Context>): Promise<ReadonlyMap<string, Command<Context>>> {
  const found = await Promise.all(
    Object.entries(commands).map(async ([name, entry]) => {
      if ('load' in entry) return [[name, await entry.load()] as const]
      return [...(await loadCommands(entry.commands))].map(([inner, command]) => [`${name} ${inner}`, command] as const)
    }),
  )
  return new Map(found.flat())
}
