/** A flag as data: the parser, the help, and the completion scripts are all made from it. */
export interface Option {
  /** `text` takes one value, `list` is repeated or separated by commas, `switch` takes none. */
  readonly kind: 'text' | 'list' | 'switch'
  /** Of a list: a comma is part of a value, and more values are given by repeating the flag. */
  readonly whole?: boolean
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
  /** Of a text: to repeat it is refused, for one of two things would be done and the other passed over. */
  readonly once?: boolean
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
