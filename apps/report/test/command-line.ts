import { systemClock } from '@backset/core'
import type { Emulator } from '@backset/emulator'
import { createCli } from '../src/cli.js'
import type { Context, Sink } from '../src/command.js'
import { environmentOf } from './world.js'

export interface Ran {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd: string
  readonly emulator?: Emulator | undefined
  readonly env?: Readonly<Record<string, string>>
  /** Width of the terminal that stdout and stderr are; undefined: pipes. */
  readonly terminal?: number
  readonly signal?: AbortSignal
}

function memorySink(columns: number | undefined): Sink & { readonly text: () => string } {
  let text = ''
  return { isTTY: columns !== undefined, columns, write: async (more) => void (text += more), text: () => text }
}

/** Runs the command line in this process, in a world in memory but for the folder. */
export async function backsetReport(argv: readonly string[], { cwd, emulator, env = {}, terminal, signal }: RunOptions): Promise<Ran> {
  const [stdout, stderr] = [memorySink(terminal), memorySink(terminal)]
  const context: Context = {
    env: { ...(emulator !== undefined && environmentOf(emulator)), ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true', NO_COLOR: '1', ...env },
    stdout,
    stderr,
    homeDir: '/nowhere',
    cwd,
    version: '0.0.0',
    clock: systemClock,
    random: () => 0,
    owner: 'host/1',
    signal: signal ?? new AbortController().signal,
  }
  const exitCode = await createCli(context)(argv)
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() }
}
