import { InputError, nearestName, type Clock, untilAborted } from '@backset/core'
import {
  configVariable,
  failureText,
  openConfigFile,
  parseArgs,
  readSettings,
  runCommand,
  settingOptions,
  type Options,
} from '@backset/settings'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { apiSettings, ownSettings, sharedSettings } from '../settings.js'
import { cursorKeyVariable } from '../state/cursor-key.js'
import { keysHelp, serverHelp } from './help.js'
import { keyCommands } from './keys.js'

/** The world around the command; `main.ts` gives the real one, tests their own. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly homeDir: string
  readonly version: string
  readonly assets: URL
  readonly clock: Clock
  /** Whether stdout is a terminal. */
  readonly isTerminal: boolean
  readonly print: (text: string) => void
  /** What people are told when nothing runs. */
  readonly tell: (text: string) => void
  /** Where a server that runs tells of itself; nothing else needs it. */
  readonly openRecords: (options: { readonly debug: boolean }) => Promise<{ readonly log: Logger; readonly registry: Registry }>
  /** Aborts when the server should stop. */
  readonly stop: AbortSignal
  /** Aborts when it should do so at once. */
  readonly force: AbortSignal
}

const program = 'backset-api'

const options = {
  config: { kind: 'text', placeholder: 'FILE', variable: configVariable, summary: 'A YAML file of these settings', group: 'Flags' },
  ...settingOptions(ownSettings, 'Flags'),
  ...settingOptions(sharedSettings, 'Asking DBS'),
} as const satisfies Options

/** How long requests may take that are under way when the server is stopped. */
const graceMs = 10_000

/** Words in, exit code out. */
export async function runCommandLine(argv: readonly string[], world: World): Promise<number> {
  try {
    return await run(argv, world)
  } catch (error) {
    const { text, exitCode } = failureText(error, { program, asJson: false })
    world.tell(text)
    return exitCode
  }
}

async function run(argv: readonly string[], world: World): Promise<number> {
  const [first, ...rest] = argv
  const { version } = world
  const print = async (text: string): Promise<void> => world.print(text)
  if (first === 'keys')
    return runCommand(rest, { program: `${program} keys`, version, commands: keyCommands, help: keysHelp, print }, world)
  const flagWords = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  if (first === 'help' || flagWords.some((word) => word === '--help' || word === '-h')) await print(serverHelp(options))
  else if (flagWords.includes('--version')) await print(`${version}\n`)
  else if (first !== undefined && !first.startsWith('-')) throw unknownCommand(first)
  else await serve(argv, world)
  return 0
}

async function serve(argv: readonly string[], world: World): Promise<void> {
  const { openRecords, clock, homeDir, version, assets, stop, force } = world
  const { config, words: _, ...flags } = parseArgs(argv, program, { options })
  const env = config === undefined ? world.env : { ...world.env, [configVariable]: config }
  const isNamed = (env[configVariable] ?? '') !== ''
  // Where none is named there is one of the command line's, with other settings.
  const file = isNamed ? await openConfigFile(apiSettings, env, homeDir) : undefined
  const { values: settings, warnings } = readSettings(apiSettings, {
    flags,
    env,
    file,
    otherVariables: [cursorKeyVariable, ...cliVariables],
  })
  const { log, registry } = await openRecords({ debug: settings.debug })
  for (const warning of warnings) log.warn(warning)
  const { startServer } = await import('../server.js')
  const server = await startServer({ settings, log, clock, env, homeDir, version, assets, registry })
  world.print(`${JSON.stringify({ url: server.url })}\n`)
  log.info({ url: server.url, version }, 'listening')
  await untilAborted(stop)
  log.info('stopping')
  await server.stop({ graceMs, force })
  log.info('stopped')
}

/** Settings of the other commands: they may share this one's environment. */
const cliVariables = ['BACKSET_TIMEOUT', 'BACKSET_OUTPUT']

function unknownCommand(word: string): InputError {
  const nearest = nearestName(word, ['keys', 'help'])
  return new InputError(`There is no command ${JSON.stringify(word)}.`, {
    hint: `${nearest === undefined ? '' : `Did you mean ${program} ${nearest}? `}See ${program} --help.`,
  })
}
