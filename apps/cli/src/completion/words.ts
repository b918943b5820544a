import type { Option } from '@backset/settings'
import type { Command } from '../command.js'

/** What a completion script offers: made once, when it is printed, so that Tab starts nothing. */
export interface CompletionWords {
  readonly commands: readonly {
    readonly name: string
    readonly summary: string
    readonly flags: readonly FlagWords[]
    readonly words: readonly string[]
  }[]
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
}

export function completionWords(
  commands: ReadonlyMap<string, Command>,
  words: Readonly<Record<string, readonly string[]>>,
): CompletionWords {
  return {
    commands: [...commands].map(([name, { summary, options }]) => ({
      name,
      summary,
      flags: [...Object.entries(options).map(([flag, option]) => flagWords(flag, option)), helpFlag],
      words: words[name] ?? [],
    })),
  }
}

const flagWords = (flag: string, { kind, short, summary, placeholder, choices, suggestions, bare }: Option): FlagWords => ({
  flag: `--${flag}`,
  short: short === undefined ? undefined : `-${short}`,
  summary,
  takesValue: kind !== 'switch' && bare === undefined,
  isList: kind === 'list',
  isSigned: placeholder?.startsWith('[-]') === true,
  choices: choices ?? suggestions ?? [],
})

const helpFlag = flagWords('help', { kind: 'switch', short: 'h', summary: 'Print the help of the command' })
