import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { tmpdir } from 'node:os'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Emulator } from '@backset/emulator'
import { environmentOf } from './world.js'

/** The command as it is built and shipped. */
const bin = fileURLToPath(new URL('../bin/backset-report.js', import.meta.url))

/** Nothing of the person's own: no keys, no home, no proxy. */
const cleanEnvironment = (emulator: Pick<Emulator, 'url' | 'accessKeyId' | 'accessKeySecret'> | undefined): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: `${tmpdir()}/nobody`,
  ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true',
  ...(emulator !== undefined && environmentOf(emulator)),
})

export type Child = ChildProcessByStdio<null, Readable, Readable>

/** Starts the command in a process of its own. */
export function startCommand(argv: readonly string[], emulator?: Emulator, env: NodeJS.ProcessEnv = {}): Child {
  return spawn(process.execPath, [bin, ...argv], { env: { ...cleanEnvironment(emulator), ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
}

/** How a process ended: its exit code, or the signal's name. */
export async function ending(child: Child): Promise<number | NodeJS.Signals | null> {
  return child.exitCode ?? child.signalCode ?? new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)))
}

async function finished(child: Child) {
  const [stdout, stderr, exit] = await Promise.all([text(child.stdout), text(child.stderr), ending(child)])
  return { exit, stdout, stderr }
}

export const runCommand = async (argv: readonly string[], emulator?: Emulator, env: NodeJS.ProcessEnv = {}) =>
  finished(startCommand(argv, emulator, env))

/** Runs a line in bash, with the command as `$report`. */
export const runShell = async (line: string, emulator?: Emulator, env: NodeJS.ProcessEnv = {}) =>
  finished(
    spawn('bash', ['-c', line], {
      env: { ...cleanEnvironment(emulator), report: `${process.execPath} ${bin}`, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
