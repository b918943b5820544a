import { DbsError, InputError, nearestName, type Clock } from '@backset/core'
import { exitCodes, openConfigFile, readSettings } from '@backset/settings'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import { apiSettings, ownSettings, sharedSettings } from '../settings.js'
import { cursorKeyVariable } from '../state/cursor-key.js'
import { flagsOf, readFlags, type Flags } from './flags.js'
import { serverHelp } from './help.js'

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

const configFlag = {
  config: { form: 'text', takes: 'FILE', variable: 'BACKSET_CONFIG', summary: 'A YAML file of these settings' },
} as const satisfies Flags

const ownFlags: Flags = { ...configFlag, ...flagsOf(ownSettings) }
const sharedFlags = flagsOf(sharedSettings)
const hint = 'See backset-api --help.'

/** How long requests may take that are under way when the server is stopped. */
const graceMs = 10_000

/** Words in, exit code out. */
export async function runCommandLine(argv: readonly string[], world: World): Promise<number> {
  try {
    return await run(argv, world)
  } catch (error) {
    const { code, message, hint: next } = ours(error)
    const lines = [message, ...(next === undefined ? [] : [`hint: ${next}`]), `code: ${code}`]
    world.tell(`backset-api: ${lines.join('\n').replaceAll('\n', '\n  ')}\n`)
    return exitCodes[code]
  }
}

async function run(argv: readonly string[], world: World): Promise<number> {
  const [first, ...rest] = argv
  const flagWords = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  const asksHelp = flagWords.some((word) => word === '--help' || word === '-h')
  if (first === 'keys') {
    const { runKeys } = await import('./keys.js')
    world.print(await runKeys(asksHelp ? [] : rest, world))
  } else if (asksHelp || first === 'help') world.print(serverHelp(ownFlags, sharedFlags))
  else if (flagWords.includes('--version')) world.print(`${world.version}\n`)
  else await serve(argv, world)
  return 0
}

async function serve(argv: readonly string[], world: World): Promise<void> {
  const { openRecords, clock, homeDir, version, assets, stop, force } = world
  const {
    flags: { config, ...flags },
    words,
  } = readFlags(argv, { ...ownFlags, ...sharedFlags }, hint)
  if (words[0] !== undefined) throw unknownCommand(words[0])
  const env = typeof config === 'string' ? { ...world.env, BACKSET_CONFIG: config } : world.env
  const isNamed = env['BACKSET_CONFIG'] !== undefined && env['BACKSET_CONFIG'] !== ''
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

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

function unknownCommand(word: string): InputError {
  const nearest = nearestName(word, ['keys', 'help'])
  return new InputError(`There is no command ${JSON.stringify(word)}.`, {
    hint: `${nearest === undefined ? '' : `Did you mean backset-api ${nearest}? `}${hint}`,
  })
}

function ours(error: unknown): DbsError {
  if (error instanceof DbsError) return error
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return new DbsError('internal', `It failed in a way it should not: ${text}`, { hint: 'Please report it, with what you ran.' })
}
