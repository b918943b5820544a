import { InputError, nearestName } from '@backset/core'
import type { Command, Commands } from './command.js'
import { commandHelp, groupHelp } from './help.js'

/** A whole command line: its program, its commands, its help. */
export interface CommandLine<Context> {
  /** As people type it: `backset`. */
  readonly program: string
  readonly version: string
  readonly commands: Commands<Context>
  /** What `--help` alone prints. */
  readonly help: () => string
  readonly print: (text: string) => Promise<void>
}

const asksHelp = (word: string): boolean => word === '--help' || word === '-h'

/** The words in which flags may stand: behind `--` there are none. */
const beforeDashes = (argv: readonly string[]): readonly string[] => (argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv)

/**
 * Finds the command that argv names and runs it, or prints the help that it asks for.
 * @returns its exit code
 * @throws InputError for a command that is not there, and whatever the command throws
 */
export async function runCommand<Context>(argv: readonly string[], line: CommandLine<Context>, context: Context): Promise<number> {
  const [first, ...rest] = argv
  const told = async (text: string): Promise<number> => line.print(text).then(() => 0)
  if (first === '--version') return told(`${line.version}\n`)
  const isHelp = first === undefined || first === 'help' || asksHelp(first)
  if (isHelp && rest.length === 0) return told(line.help())
  const found = await find(isHelp ? rest : argv, isHelp, line)
  if (found.command === undefined) return told(found.help)
  const { name, command, words } = found
  if (isHelp || beforeDashes(words).some(asksHelp)) return told(commandHelp(name, command))
  const { parseArgs } = await import('./parse-args.js')
  return command.run(parseArgs(words, name, command), context)
}

type Found<Context> =
  | { readonly command: Command<Context>; readonly name: string; readonly words: readonly string[] }
  | { readonly command: undefined; readonly help: string }

/** Goes down into groups, a word each. */
async function find<Context>(
  argv: readonly string[],
  isHelp: boolean,
  { program, commands: all }: CommandLine<Context>,
): Promise<Found<Context>> {
  let commands = all
  let name = program
  for (const [at, word] of argv.entries()) {
    const entry = Object.hasOwn(commands, word) ? commands[word] : undefined
    if (entry === undefined) throw unknownCommand(word, name, commands)
    name = `${name} ${word}`
    const words = argv.slice(at + 1)
    if ('load' in entry) return { command: await entry.load(), name, words }
    const [next] = words
    if (next === undefined ? isHelp : asksHelp(next)) return { command: undefined, help: groupHelp(name, entry) }
    ;({ commands } = entry)
  }
  throw noCommand(name, commands)
}

const noCommand = <Context>(name: string, commands: Commands<Context>): InputError =>
  new InputError(`${name} is not all: it needs ${Object.keys(commands).join(' or ')}.`, { hint: `See ${name} --help.` })

function unknownCommand<Context>(word: string, program: string, commands: Commands<Context>): InputError {
  const [example = ''] = Object.keys(commands)
  if (word.startsWith('-'))
    return new InputError(`${word} comes before the command.`, { hint: `Write it after: ${program} ${example} ${word} …` })
  const nearest = nearestName(word, [...Object.keys(commands), '--version'])
  return new InputError(`There is no command ${JSON.stringify(word)}.`, {
    hint: `${nearest === undefined ? '' : `Did you mean ${program} ${nearest}? `}See ${program} --help.`,
  })
}
