import { parseArgs as parseTokens } from 'node:util'
import { InputError, nearestName } from '@backset/core'
import type { Args, Option, Options } from './option.js'

// The only file that knows how argv is taken apart. Help, completion and errors are made from the same data elsewhere.

/** What argv said of one flag: its text, or undefined where it stood without one. */
interface Said {
  readonly rawName: string
  readonly value: string | undefined
  readonly inline: boolean
}

/** What a command takes. */
export interface Takes<Flags extends Options> {
  readonly options: Flags
  /** The words after its name, as the help shows them. */
  readonly usage?: string | undefined
  /** How many words it takes. @default none */
  readonly words?: { readonly min: number; readonly max: number } | undefined
}

/**
 * Reads argv as a command's arguments.
 * @param name the command as people type it: `backset list`
 * @throws InputError on a flag it does not know, a value that is missing, empty or not one of the choices, or too few or too many words
 */
export function parseArgs<Flags extends Options>(
  argv: readonly string[],
  name: string,
  { options, usage, words: { min, max } = { min: 0, max: 0 } }: Takes<Flags>,
): Args<Flags> {
  const hint = `See ${name} --help.`
  const said = new Map<string, Said[]>()
  const words: string[] = []
  for (const token of tokensOf(argv, options)) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const { name: flag, rawName, value, inlineValue } = token
    if (!Object.hasOwn(options, flag)) throw unknownFlag(flag, rawName, options, hint)
    // `-o=json` is a habit too; node:util takes the equals sign for a part of the value.
    const text = inlineValue === true && !rawName.startsWith('--') ? value.replace(/^=/, '') : value
    said.set(flag, [...(said.get(flag) ?? []), { rawName, value: text, inline: inlineValue === true }])
  }
  const values = Object.entries(options).map(([flag, option]) => {
    const uses = said.get(flag)
    const value = uses && valueOf(flag, option, uses, options)
    if (uses !== undefined && option.needs !== undefined && !said.has(option.needs))
      throw new InputError(`--${flag} goes with --${option.needs} alone.`, { field: flag, hint })
    return [flag, value] as const
  })
  if (words.includes('')) throw new InputError(`${name} is given an empty word.`, { hint: `Give ${usage ?? 'no word'}; ${unsetVariable}` })
  if (words.length > max) throw new InputError(`${name} does not take ${JSON.stringify(words[max])}.`, { hint })
  if (words.length < min) throw new InputError(`${name} needs ${usage ?? 'more words'}.`, { hint })
  return { ...Object.fromEntries(values), words } as Args<Flags>
}

/** Not strict: what is wrong is told below, in the same words as everything else. */
function tokensOf(argv: readonly string[], options: Options) {
  const config = Object.entries(options).map(([flag, { short, ...option }]) => [
    flag,
    { type: takesNextWord(option) ? ('string' as const) : ('boolean' as const), ...(short !== undefined && { short }) },
  ])
  return parseTokens({ args: [...argv], options: Object.fromEntries(config), strict: false, allowPositionals: true, tokens: true }).tokens
}

/** `--dry-run` alone means something, so its value is only ever behind an equals sign. */
const takesNextWord = ({ kind, bare }: Pick<Option, 'kind' | 'bare'>): boolean => kind !== 'switch' && bare === undefined

function unknownFlag(flag: string, rawName: string, options: Options, hint: string): InputError {
  const nearest = flag.length === 1 ? undefined : nearestName(flag, Object.keys(options))
  return new InputError(`There is no flag ${rawName}.`, { hint: nearest === undefined ? hint : `Did you mean --${nearest}? ${hint}` })
}

/** Of a flag that takes one value and is repeated, the last counts: so a line can be changed at its end. */
function valueOf(flag: string, option: Option, uses: readonly Said[], options: Options): readonly string[] | string | boolean | undefined {
  if (option.kind === 'switch') return uses.map((use) => onOrOff(flag, use)).at(-1)
  const texts = uses.map((use) => textOf(flag, option, use, options))
  if (option.once === true && texts.length > 1)
    throw new InputError(`--${flag} is given ${texts.length === 2 ? 'twice' : `${texts.length} times`}, but takes one value.`, {
      field: flag,
      hint: 'Run it once for each.',
    })
  const given = option.kind === 'list' ? (option.whole === true ? texts : separated(texts)) : texts.slice(-1)
  if (given.includes('')) throw empty(flag, option)
  const { choices } = option
  const values = choices === undefined ? given : given.map((value) => chosen(flag, value, choices))
  return option.kind === 'list' ? values : values[0]
}

const separated = (texts: readonly string[]): readonly string[] => texts.flatMap((text) => text.split(',')).map((text) => text.trim())

/** The choice a value means; capitals do not count, as in a setting. */
function chosen(flag: string, value: string, choices: readonly string[]): string {
  const found = choices.find((choice) => choice.toLowerCase() === value.toLowerCase())
  if (found !== undefined) return found
  const nearest = nearestName(value, choices)
  throw new InputError(`--${flag} is ${JSON.stringify(value)}, but takes ${choices.join(', ')}.`, {
    field: flag,
    hint: nearest === undefined ? undefined : `Did you mean ${nearest}?`,
  })
}

function onOrOff(flag: string, { value }: Said): boolean {
  if (value === undefined || value === 'true') return true
  if (value === 'false') return false
  throw new InputError(`--${flag} is ${JSON.stringify(value)}, but takes no value.`, {
    field: flag,
    hint: `--${flag} turns it on, --${flag}=false off.`,
  })
}

function textOf(flag: string, { bare, placeholder, choices }: Option, { value, inline }: Said, options: Options): string {
  if (value === undefined && bare !== undefined) return bare
  // The next word is taken for the value, `--sort -size` for one; but a flag that stands there means that the value was forgotten.
  if (value !== undefined && (inline || !looksLikeFlag(value, options))) return value
  throw new InputError(`--${flag} needs a value.`, {
    field: flag,
    hint:
      value === undefined
        ? `Write --${flag} ${choices?.join('|') ?? placeholder ?? 'VALUE'}.`
        : `Behind it stands ${value}; a value that looks like a flag is written --${flag}=${value}.`,
  })
}

const looksLikeFlag = (word: string, options: Options): boolean =>
  word.startsWith('--') || Object.values(options).some(({ short }) => short !== undefined && word === `-${short}`)

const unsetVariable = 'when it comes from a variable, look whether that is set.'

/** Mostly a shell's variable that is not set: to go on without it would list something else. */
const empty = (flag: string, { kind }: Option): InputError =>
  new InputError(kind === 'list' ? `--${flag} holds an empty name.` : `--${flag} is empty.`, {
    field: flag,
    hint: `Give it a value or leave it out; ${unsetVariable}`,
  })
