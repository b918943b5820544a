import { loadCommands, type Commands, type Option, type Options } from '@backset/settings'

/** What a completion script offers: made once, when it is printed, so that Tab starts nothing. */
export interface CompletionWords {
  /** What may stand first: commands, and groups of them. */
  readonly first: readonly NamedWord[]
  /** Groups, as `create`, and what may stand behind their names. */
  readonly groups: readonly { readonly name: string; readonly members: readonly NamedWord[] }[]
  /** Commands by all words of their names, as `create full`. */
  readonly commands: readonly {
    readonly name: string
    readonly flags: readonly FlagWords[]
    readonly words: readonly string[]
  }[]
}

export interface NamedWord {
  readonly name: string
  readonly summary: string
}

export interface FlagWords {
  /** With its dashes: `--output`. */
  readonly flag: string
  readonly short: string | undefined
  readonly summary: string
  readonly takesValue: boolean
  /** Takes several values, separated by commas. */
  readonly isList: boolean
  /** A value may bear a minus sign, as of `--sort`. */
  readonly isSigned: boolean
  readonly choices: readonly string[]
  /** What its value names, where that is a place on the disk. */
  readonly path: 'file' | 'folder' | undefined
}

/** @param words what a command takes besides its flags, by its name */
export async function completionWords<Context>(
  commands: Commands<Context>,
  words: Readonly<Record<string, readonly string[]>>,
): Promise<CompletionWords> {
  const loaded = await loadCommands(commands)
  return {
    first: named(commands),
    groups: Object.entries(commands).flatMap(([name, entry]) => ('commands' in entry ? [{ name, members: named(entry.commands) }] : [])),
    commands: [...loaded].map(([name, { options }]) => ({
      name,
      flags: [...Object.entries<Option>(options satisfies Options).map(([flag, option]) => flagWords(flag, option)), helpFlag],
      words: words[name] ?? [],
    })),
  }
}

const named = <Context>(commands: Commands<Context>): readonly NamedWord[] =>
  Object.entries(commands).map(([name, { summary }]) => ({ name, summary }))

const flagWords = (flag: string, { kind, short, summary, placeholder, choices, suggestions, bare }: Option): FlagWords => ({
  flag: `--${flag}`,
  short: short === undefined ? undefined : `-${short}`,
  summary,
  takesValue: kind !== 'switch' && bare === undefined,
  isList: kind === 'list',
  isSigned: placeholder?.startsWith('[-]') === true,
  choices: choices ?? suggestions ?? [],
  path: placeholder === 'FILE' ? 'file' : placeholder === 'DIR' ? 'folder' : undefined,
})

const helpFlag = flagWords('help', { kind: 'switch', short: 'h', summary: 'Print the help of the command' })
