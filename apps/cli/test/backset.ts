import { tmpdir } from 'node:os'
import { systemClock, type Clock } from '@backset/core'
import type { Emulator } from '@backset/emulator'
import { loadCommands, parseArgs } from '@backset/settings'
import { createCli } from '../src/cli.js'
import type { Context } from '../src/command.js'
import { commands } from '../src/commands/index.js'
import type { Sink } from '../src/output/sink.js'
import type { Terminal } from '../src/output/terminal.js'

export interface Ran {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Width of the terminal that stdout and stderr are; undefined: pipes. */
  readonly terminal?: number
  /** What draws on all of the terminal needs it. */
  readonly screen?: Terminal
  readonly signal?: AbortSignal
  /** Takes the place of stdout. */
  readonly stdout?: Sink
  /** Takes the place of stderr. */
  readonly stderr?: Sink
  readonly homeDir?: string
  /** What is piped in. */
  readonly stdin?: string
  readonly cwd?: string
  /** @default the system's */
  readonly clock?: Clock
  /** Chance; 0 makes every pause end at once. */
  readonly random?: () => number
}

function memorySink(columns: number | undefined): Sink & { readonly text: () => string } {
  let text = ''
  return {
    isTTY: columns !== undefined,
    width: () => columns,
    write: async (more) => void (text += more),
    text: () => text,
  }
}

async function* oneText(text: string): AsyncGenerator<string, void, undefined> {
  yield text
}

/** Where an emulator is and how it is entered, as environment variables. */
export const environmentOf = ({ url, accessKeyId, accessKeySecret }: Pick<Emulator, 'url' | 'accessKeyId' | 'accessKeySecret'>) => ({
  BACKSET_ENDPOINT: url,
  ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
})

/** A world in memory, with everything in it given. */
function openContext(emulator?: Emulator, options: RunOptions = {}) {
  const { env = {}, terminal, signal = new AbortController().signal, homeDir = `${tmpdir()}/nobody`, random = () => 0.5 } = options
  const out = memorySink(terminal)
  const err = memorySink(terminal)
  const context: Context = {
    env: { ...(emulator !== undefined && environmentOf(emulator)), ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true', ...env },
    stdout: options.stdout ?? out,
    stderr: options.stderr ?? err,
    terminal: options.screen,
    stdin: () => oneText(options.stdin ?? ''),
    homeDir,
    cwd: options.cwd ?? tmpdir(),
    version: '0.0.0',
    clock: options.clock ?? systemClock,
    random,
    signal,
  }
  return { context, printed: () => ({ stdout: out.text(), stderr: err.text() }) }
}

/** Runs the command line in this process. */
export async function backset(argv: readonly string[], emulator?: Emulator, options: RunOptions = {}): Promise<Ran> {
  const { context, printed } = openContext(emulator, options)
  const exitCode = await createCli(context)(argv)
  return { exitCode, ...printed() }
}

/** What a command throws, before it is made words. */
export async function thrownBy(words: readonly string[], emulator?: Emulator, options: RunOptions = {}): Promise<unknown> {
  const loaded = await loadCommands(commands)
  const isNested = loaded.has(words.slice(0, 2).join(' '))
  const name = words.slice(0, isNested ? 2 : 1).join(' ')
  const argv = words.slice(isNested ? 2 : 1)
  const command = loaded.get(name)
  if (command === undefined) throw new Error(`There is no command ${name}.`)
  try {
    await command.run(parseArgs(argv, `backset ${name}`, command), openContext(emulator, options).context)
    return undefined
  } catch (error) {
    return error
  }
}

export const lastJsonLine = (text: string): unknown => JSON.parse(text.trimEnd().split('\n').at(-1) ?? '')
