import { InputError, nearestName, startDeadline, TimedOutError } from '@backset/core'
import type { Context } from './command.js'
import { commands } from './commands/index.js'
import { commandHelp, generalHelp } from './help.js'
import { printFailure, wantsJsonErrors } from './output/failure.js'
import { ReaderGone, type Sink } from './output/sink.js'

const asksHelp = (word: string): boolean => word === '--help' || word === '-h'

/** The words in which flags may stand: behind `--` there are none. */
const beforeDashes = (argv: readonly string[]): readonly string[] => (argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv)

/** How long somebody who reads stderr is waited for at the end, ms. */
const patienceMs = 1000

/** The command line as a function: words in, exit code out. Everything it touches comes with `context`. */
export function createCli(context: Context): (argv: readonly string[]) => Promise<number> {
  return async (argv) => {
    try {
      return await run(argv, context)
    } catch (error) {
      if (error instanceof ReaderGone) return 0
      using patience = startDeadline(context.clock, patienceMs, () => new TimedOutError(patienceMs))
      const stderr: Sink = { ...context.stderr, write: (text) => context.stderr.write(text, patience) }
      return await printFailure(error, stderr, wantsJsonErrors(argv, context.env))
    }
  }
}

async function run(argv: readonly string[], context: Context): Promise<number> {
  const [first, ...rest] = argv
  if (first === 'help') return help(rest[0], context)
  if (first === undefined || asksHelp(first)) return help(undefined, context)
  if (first === '--version') {
    await context.stdout.write(`${context.version}\n`)
    return 0
  }
  const command = await load(first)
  if (beforeDashes(rest).some(asksHelp)) return help(first, context)
  const { parseArgs } = await import('./parse-args.js')
  return command.run(parseArgs(rest, first, command), context)
}

async function help(name: string | undefined, { stdout }: Context): Promise<number> {
  await stdout.write(name === undefined ? generalHelp(commands) : commandHelp(name, await load(name)))
  return 0
}

async function load(name: string) {
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (entry !== undefined) return entry.load()
  if (name.startsWith('-')) throw new InputError(`${name} comes before the command.`, { hint: `Write it after: backset list ${name} …` })
  const nearest = nearestName(name, Object.keys(commands))
  throw new InputError(`There is no command ${JSON.stringify(name)}.`, {
    hint: `${nearest === undefined ? '' : `Did you mean backset ${nearest}? `}See backset --help.`,
  })
}
