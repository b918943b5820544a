import { tmpdir } from 'node:os'
import { systemClock } from '@backset/core'
import type { Emulator } from '@backset/emulator'
import { createCli } from '../src/cli.js'
import type { Sink } from '../src/output/sink.js'

export interface Ran {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Width of the terminal that stdout and stderr are; undefined: pipes. */
  readonly terminal?: number
  readonly signal?: AbortSignal
  /** Takes the place of stdout. */
  readonly stdout?: Sink
  readonly homeDir?: string
}

function memorySink(columns: number | undefined): Sink & { readonly text: () => string } {
  let text = ''
  return {
    isTTY: columns !== undefined,
    columns,
    write: async (more) => void (text += more),
    text: () => text,
  }
}

/** Where an emulator is and how it is entered, as environment variables. */
export const environmentOf = ({ url, accessKeyId, accessKeySecret }: Pick<Emulator, 'url' | 'accessKeyId' | 'accessKeySecret'>) => ({
  BACKSET_ENDPOINT: url,
  ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
})

/** Runs the command line in this process, with everything around it given. */
export async function backset(argv: readonly string[], emulator?: Emulator, options: RunOptions = {}): Promise<Ran> {
  const { env = {}, terminal, signal = new AbortController().signal, homeDir = `${tmpdir()}/nobody` } = options
  const out = memorySink(terminal)
  const err = memorySink(terminal)
  const run = createCli({
    env: { ...(emulator !== undefined && environmentOf(emulator)), ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true', ...env },
    stdout: options.stdout ?? out,
    stderr: err,
    homeDir,
    cwd: tmpdir(),
    version: '0.0.0',
    clock: systemClock,
    random: () => 0.5,
    signal,
  })
  const exitCode = await run(argv)
  return { exitCode, stdout: out.text(), stderr: err.text() }
}

export const lastJsonLine = (text: string): unknown => JSON.parse(text.trimEnd().split('\n').at(-1) ?? '')
