import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Emulator } from '@backset/emulator'
import { bin, cleanEnvironment } from './process.js'

type Step =
  | readonly ['see', string]
  | readonly ['signal', NodeJS.Signals]
  | readonly ['resize', rows: number, columns: number]
  | readonly ['stopped']
  | readonly ['write', string]

export interface PtyOptions {
  readonly steps: readonly Step[]
  readonly rows?: number
  readonly columns?: number
  readonly env?: NodeJS.ProcessEnv
}

/** Runs the command in a terminal of its own. */
export async function runInTerminal(argv: readonly string[], emulator: Emulator | undefined, options: PtyOptions) {
  const { steps, rows = 24, columns = 100, env = {} } = options
  const child = spawn('python3', [fileURLToPath(new URL('run-in-terminal.py', import.meta.url))], {
    env: { ...cleanEnvironment(emulator), TERM: 'xterm-256color', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(JSON.stringify({ argv: [process.execPath, bin, ...argv], rows, columns, steps }))
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  if (err !== '') throw new Error(err)
  return JSON.parse(out) as { readonly output: string; readonly exit: number }
}
