import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Emulator } from '@backset/emulator'
import { environmentOf } from './backset.js'

/** The command as it is built and shipped. */
export const bin = fileURLToPath(new URL('../bin/backset.js', import.meta.url))

/** Nothing of the person's own: no keys, no home, no proxy. */
export const cleanEnvironment = (emulator: Emulator | undefined): NodeJS.ProcessEnv => ({
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

export async function runCommand(argv: readonly string[], emulator?: Emulator, env: NodeJS.ProcessEnv = {}) {
  const child = startCommand(argv, emulator, env)
  const [stdout, stderr, exit] = await Promise.all([text(child.stdout), text(child.stderr), ending(child)])
  return { exit, stdout, stderr }
}

/** Runs a line in bash, with the command as `$backset`. */
export async function runShell(line: string, emulator?: Emulator, env: NodeJS.ProcessEnv = {}) {
  const child = spawn('bash', ['-c', line], {
    env: { ...cleanEnvironment(emulator), backset: `${process.execPath} ${bin}`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, exit] = await Promise.all([text(child.stdout), text(child.stderr), ending(child)])
  return { exit, stdout, stderr }
}

/** Memory a process holds now, MiB; Linux tells it. */
export function residentMiB(child: Child, field: 'VmRSS' | 'VmHWM' = 'VmRSS'): number {
  const [, kibibytes = ''] = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
  return Number(kibibytes) / 1024
}
