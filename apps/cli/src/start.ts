import { randomInt } from 'node:crypto'
import { homedir } from 'node:os'
import { isatty } from 'node:tty'
import { systemClock } from '@backset/core'
import { createCli } from './cli.js'
import { fdSink } from './output/fd-sink.js'
import type { Sink } from './output/sink.js'

/** process.stdout is touched on a terminal alone: its first use changes how a pipe behaves. */
const widthOf = (fd: number, stream: () => NodeJS.WriteStream): number | undefined => (isatty(fd) ? stream().columns : undefined)

/** Runs the command line in a real process; gives its exit code. */
export async function start(process: NodeJS.Process, version: string): Promise<number> {
  const interrupt = new AbortController()
  let interruptedBy: NodeJS.Signals | undefined
  // Once: a second one ends the process at once.
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => {
      interruptedBy = name
      interrupt.abort()
    })
  const { sleep } = systemClock
  const stdout = fdSink(1, { columns: widthOf(1, () => process.stdout), sleep, signal: interrupt.signal })
  const run = createCli({
    env: process.env,
    stdout,
    stderr: deafTo(fdSink(2, { columns: widthOf(2, () => process.stderr), sleep })),
    homeDir: homedir(),
    cwd: process.cwd(),
    version,
    clock: systemClock,
    random: () => randomInt(2 ** 32) / 2 ** 32,
    signal: interrupt.signal,
  })
  const exitCode = await run(process.argv.slice(2))
  // A thread that waits for a reader would keep the process, process.exit too; only the signal itself ends it, which a shell calls 130 too.
  if (interruptedBy !== undefined && stdout.isHeld()) process.kill(process.pid, interruptedBy)
  return exitCode
}

/** When stderr cannot be written to, there is nobody left to tell. */
const deafTo = (sink: Sink): Sink => ({ ...sink, write: (text) => sink.write(text).catch(() => undefined) })
