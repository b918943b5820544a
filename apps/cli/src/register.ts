import { InputError, nearestName } from '@backset/core'
import yargs from 'yargs'
import type { Args, Command, Option, Options } from './command.js'

// The only file that knows yargs: argv in, typed arguments out. Help, completion and errors are made from the same data elsewhere.

/** `--dry-run` alone becomes `--dry-run=request`, `--sort -size` becomes `--sort=-size`: yargs would read the next word otherwise. */
function joined(argv: readonly string[], options: Options): string[] {
  const words: string[] = []
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ''
    if (word === '--') return [...words, ...argv.slice(at)]
    const option = optionOf(word, options)
    const next = argv[at + 1]
    if (option?.bare !== undefined) words.push(`${word}=${option.bare}`)
    else if (
      option !== undefined &&
      option.kind !== 'switch' &&
      next !== undefined &&
      /^-[^-]/.test(next) &&
      optionOf(next, options) === undefined
    ) {
      words.push(`${word.startsWith('--') ? word : `--${nameOf(word, options)}`}=${next}`)
      at++
    } else words.push(word)
  }
  return words
}

const nameOf = (word: string, options: Options): string | undefined =>
  word.startsWith('--') ? word.slice(2) : Object.keys(options).find((name) => `-${options[name]?.short}` === word)

function optionOf(word: string, options: Options): Option | undefined {
  const name = nameOf(word, options)
  return name !== undefined && Object.hasOwn(options, name) ? options[name] : undefined
}

/**
 * Reads argv as a command's arguments.
 * @throws InputError on a flag it does not know, a value that is missing or not one of the choices, or too many words
 */
export function parseArgs<Flags extends Options>(
  argv: readonly string[],
  name: string,
  { options, usage, words }: Command<Flags>,
): Args<Flags> {
  const hint = `See backset ${name} --help.`
  const parsed = yargs(joined(argv, options))
    .help(false)
    .version(false)
    .exitProcess(false)
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'greedy-arrays': false,
    })
    .options(
      Object.fromEntries(
        Object.entries(options).map(([flag, { kind, short }]) => [
          flag,
          {
            ...(kind === 'switch' ? { type: 'boolean' as const } : { type: 'string' as const }),
            ...(kind === 'list' && { array: true }),
            ...(kind !== 'switch' && { requiresArg: true }),
            ...(short !== undefined && { alias: short }),
          },
        ]),
      ),
    )
    .fail((message) => {
      throw new InputError(`${message}.`, { hint })
    })
    .parseSync()
  const known = new Set(['_', '$0', ...Object.keys(options), ...Object.values(options).flatMap(({ short }) => short ?? [])])
  for (const flag of Object.keys(parsed)) if (!known.has(flag)) throw unknownFlag(flag, options, hint)
  const positionals = parsed._.map(String)
  const { min, max } = words ?? { min: 0, max: 0 }
  if (positionals.length > max) throw new InputError(`backset ${name} does not take ${JSON.stringify(positionals[max])}.`, { hint })
  if (positionals.length < min) throw new InputError(`backset ${name} needs ${usage ?? 'more words'}.`, { hint })
  const values = Object.entries(options).map(([flag, option]) => [flag, valueOf(flag, option, parsed[flag])] as const)
  return { ...Object.fromEntries(values), words: positionals } as Args<Flags>
}

function unknownFlag(flag: string, options: Options, hint: string): InputError {
  const dashed = flag.length === 1 ? `-${flag}` : `--${flag}`
  const nearest = nearestName(flag, Object.keys(options))
  return new InputError(`There is no flag ${dashed}.`, { hint: nearest === undefined ? hint : `Did you mean --${nearest}? ${hint}` })
}

function valueOf(flag: string, { kind, choices }: Option, given: unknown): readonly string[] | string | boolean | undefined {
  if (given === undefined || kind === 'switch')
    return given === undefined ? undefined : given === true || (Array.isArray(given) && given.at(-1) === true)
  const texts = (Array.isArray(given) ? given : [given]).map(String)
  const values =
    kind === 'list'
      ? texts
          .flatMap((text) => text.split(','))
          .map((text) => text.trim())
          .filter((text) => text !== '')
      : texts.slice(-1)
  for (const value of values) {
    if (choices !== undefined && !choices.includes(value)) {
      throw new InputError(`--${flag} is ${JSON.stringify(value)}, but takes ${choices.join(', ')}.`, { field: flag })
    }
  }
  return kind === 'list' ? values : values[0]
}
