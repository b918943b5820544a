import { parseArgs } from 'node:util'
import { InputError, nearestName } from '@backset/core'
import type { Settings } from '@backset/settings'

/** A flag as data; the help is made from it, too. */
export interface Flag {
  /** `text` takes one value, `list` is repeated or separated by commas, `switch` takes none. */
  readonly form: 'text' | 'list' | 'switch'
  readonly summary: string
  /** What stands for the value in the help, as `FILE`. */
  readonly takes?: string | undefined
  readonly short?: string | undefined
  readonly variable?: string | undefined
  /** Shown in the help; whoever reads the value applies it. */
  readonly fallback?: string | undefined
}

export type Flags = Readonly<Record<string, Flag>>

/** What a command line said: values of flags by name as they came, and the words that are no flags. */
export interface Said {
  readonly flags: Readonly<Record<string, string | boolean | readonly string[]>>
  readonly words: readonly string[]
}

/** Settings as flags. They are given on as they came: settings are read and judged in one place. */
export const flagsOf = (settings: Settings): Flags =>
  Object.fromEntries(
    Object.values(settings).map(({ kind, flag, summary, variable, default: text, defaultNote }) => {
      const fallback = text === 'false' ? undefined : (text ?? defaultNote)
      return [flag, { form: kind.form, takes: kind.takes, summary, variable, fallback }]
    }),
  )

/**
 * Takes a command line apart.
 * @throws InputError on a flag that is not known, a value that is missing or empty, or one that a switch does not take
 */
export function readFlags(argv: readonly string[], flags: Flags, hint: string): Said {
  const options = Object.entries(flags).map(([name, { form, short }]) => [
    name,
    { type: form === 'switch' ? ('boolean' as const) : ('string' as const), ...(short !== undefined && { short }) },
  ])
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(options),
    strict: false, // what is wrong is told below, in the words of everything else
    allowPositionals: true,
    tokens: true,
  })
  const said: Record<string, string | boolean | string[]> = {}
  const words: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value)
    if (token.kind !== 'option') continue
    const { name, rawName, value, inlineValue } = token
    const flag = Object.hasOwn(flags, name) ? flags[name] : undefined
    if (flag === undefined) throw unknownFlag(rawName, flags, hint)
    if (flag.form === 'switch') said[name] = onOrOff(name, value)
    else {
      const text = textOf(name, flag, value, inlineValue === true)
      said[name] = flag.form === 'list' ? [...[said[name] ?? []].flat().map(String), text] : text
    }
  }
  return { flags: said, words }
}

function unknownFlag(rawName: string, flags: Flags, hint: string): InputError {
  const nearest = nearestName(rawName.replace(/^-+/, ''), Object.keys(flags))
  return new InputError(`There is no flag ${rawName}.`, { hint: nearest === undefined ? hint : `Did you mean --${nearest}? ${hint}` })
}

function onOrOff(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'true') return true
  if (value === 'false') return false
  throw new InputError(`--${name} is ${JSON.stringify(value)}, but takes no value.`, {
    field: name,
    hint: `--${name} turns it on, --${name}=false off.`,
  })
}

/** The next word is taken for the value; but a flag that stands there means that the value was forgotten. */
function textOf(name: string, { takes = 'VALUE' }: Flag, value: string | undefined, inline: boolean): string {
  if (value !== undefined && value !== '' && (inline || !value.startsWith('--'))) return value
  if (value === '') throw new InputError(`--${name} is empty.`, { field: name, hint: 'Give it a value or leave it out.' })
  throw new InputError(`--${name} needs a value.`, { field: name, hint: `Write --${name} ${takes}.` })
}
