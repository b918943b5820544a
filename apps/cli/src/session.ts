import {
  DbsClient,
  DbsError,
  InputError,
  resolveEndpoint,
  startDeadline,
  TimedOutError,
  type Deadline,
  type ErrorCode,
} from '@backset/core'
import type { FormatName } from '@backset/formats'
import { clientOptions, type commonSettings, type Values } from '@backset/settings'
import { readCliSettings, type cliSettings } from './cli-settings.js'
import type { Context } from './command.js'
import { openDebug } from './output/debug.js'
import { warningText } from './output/failure.js'
import type { Sink } from './output/sink.js'

/** A command's settings, its clients and its time: what stands between reading the command line and asking DBS. */
export interface Session extends AsyncDisposable {
  readonly settings: Values<typeof cliSettings>
  readonly format: FormatName
  /** Whether a format was asked for by name. */
  readonly formatNamed: boolean
  /** Aborts when the person interrupts, or the command's time is out and its last word spoken. */
  readonly signal: AbortSignal
  /** The same without the last word: aborts when the command's own time is out. */
  readonly limit: AbortSignal
  /** Milliseconds that are left of the command's time; Infinity without a limit. */
  readonly leftMs: () => number
  /** The regions to ask; one that is undefined where an endpoint needs none. */
  readonly regions: readonly (string | undefined)[]
  /** A client for a region, the same for the same region. */
  readonly clientFor: (region: string | undefined) => DbsClient
  /** Where the keys came from of those who were asked, in words. */
  readonly keySources: () => ReadonlySet<string>
  /** Where people are told things; its reader is waited for no longer than the command may take. */
  readonly stderr: Sink
  readonly warn: (text: string) => Promise<void>
}

export interface SessionOptions {
  /** How much longer than its time a command has that still tells something then, as the tasks at their last look; until then `leftMs` alone tells. @default 0 */
  readonly lastWordMs?: number
}

/** What commands that wait are given for it: a last answer of DBS, and a reader to take it. */
export const lastWordMs = 3000

/**
 * Runs a command's work and ends what it opened. Whoever is refused is told whose keys were used: they may come from many places.
 * @param args the command's flags by name, as they came
 * @throws SettingsError with every fault of flags, environment and file; what the work throws
 */
export async function inSession(
  args: Readonly<Record<string, unknown>>,
  context: Context,
  work: (session: Session) => Promise<number>,
  { lastWordMs: extraMs = 0 }: SessionOptions = {},
): Promise<number> {
  await using session = await openSession(args, context, extraMs)
  try {
    return await work(session)
  } catch (error) {
    // Of errors as JSON a script may parse stderr as a whole.
    const asJson = session.formatNamed && (session.format === 'json' || session.format === 'ndjson')
    if (error instanceof DbsError && refusals.includes(error.code) && !asJson)
      for (const source of session.keySources()) await session.warn(`The keys came from: ${source}.`)
    throw error
  }
}

const refusals: readonly ErrorCode[] = ['credentials-refused', 'signature-mismatch', 'no-permission']

async function openSession(args: Readonly<Record<string, unknown>>, context: Context, extraMs: number): Promise<Session> {
  const { env, homeDir, stdout, clock, random } = context
  const { values: settings, warnings } = await readCliSettings(args, context)
  for (const warning of warnings) await context.stderr.write(warningText(warning))
  // What is read from a file asks nobody.
  const regions = args['from'] === undefined ? regionsOf(settings) : []
  const timeout = settings.timeout === undefined ? undefined : settings.timeout + extraMs
  const outOfTime = (): TimedOutError => new TimedOutError(settings.timeout ?? 0)
  const deadline: Deadline = startDeadline(clock, timeout, outOfTime, context.signal)
  const { signal } = deadline
  const limit: Deadline | undefined = extraMs === 0 ? undefined : startDeadline(clock, settings.timeout, outOfTime, signal)
  const stderr: Sink = { ...context.stderr, write: (text) => context.stderr.write(text, { signal }) }
  const debug = settings.debug ? openDebug(stderr) : undefined
  const clients = new Map<string | undefined, DbsClient>()
  const clientFor = (region: string | undefined): DbsClient => {
    const known = clients.get(region)
    if (known !== undefined) return known
    const client = new DbsClient({
      ...clientOptions(settings, region),
      timeout,
      env,
      homeDir,
      clock,
      random,
      userAgent: `cli/${context.version}`,
    })
    clients.set(region, client)
    return client
  }
  return {
    settings,
    format: settings.output ?? (stdout.isTTY ? 'table' : 'json'),
    formatNamed: settings.output !== undefined,
    signal,
    limit: limit?.signal ?? signal,
    leftMs: () => Math.max(0, deadline.leftMs() - extraMs),
    regions,
    clientFor,
    keySources: () => new Set([...clients.values()].map(({ credentialsSource }) => credentialsSource)),
    stderr,
    warn: (text) => stderr.write(warningText(text)),
    async [Symbol.asyncDispose]() {
      limit?.[Symbol.dispose]()
      deadline[Symbol.dispose]()
      await Promise.all([...clients.values()].map((client) => client.close()))
      await debug?.[Symbol.asyncDispose]()
    },
  }
}

/**
 * The region of a command that asks one alone.
 * @throws InputError when several are named: to ask the first and be silent on the others would mislead
 */
export function onlyRegion({ regions }: Session, command: string): string | undefined {
  if (regions.length < 2) return regions[0]
  throw new InputError(`backset ${command} asks one region, and ${regions.length} are named.`, {
    field: 'region',
    hint: 'Give one --region.',
  })
}

/** Judges regions and endpoint before anything is asked of anybody. */
function regionsOf({ region, endpoint, allowHttp }: Values<typeof commonSettings>): readonly (string | undefined)[] {
  const regions = region === undefined || region.length === 0 ? [undefined] : region
  if (endpoint !== undefined && regions.length > 1) {
    throw new DbsError('invalid-setting', 'One endpoint cannot be asked for several regions.', {
      hint: 'Give --endpoint with one --region or none.',
    })
  }
  for (const one of regions) resolveEndpoint({ region: one, endpoint, allowHttp })
  return regions
}
