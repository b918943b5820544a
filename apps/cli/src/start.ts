import { randomInt } from 'node:crypto'
import { homedir } from 'node:os'
import { isatty } from 'node:tty'
import { systemClock } from '@backset/core'
import { createCli } from './cli.js'
import { fdSink } from './output/fd-sink.js'
import type { Sink } from './output/sink.js'

/** process.stdout is touched on a terminal alone: its first use changes how a pipe behaves. */
const sinkOf = (fd: number, stream: () => NodeJS.WriteStream): Sink =>
  fdSink(fd, { columns: isatty(fd) ? stream().columns : undefined, sleep: systemClock.sleep })

/** Runs the command line in a real process; gives its exit code. */
export async function start(process: NodeJS.Process, version: string): Promise<number> {
  const interrupt = new AbortController()
  // Once: a second one ends the process at once.
  process.once('SIGINT', () => interrupt.abort())
  process.once('SIGTERM', () => interrupt.abort())
  const run = createCli({
    env: process.env,
    stdout: sinkOf(1, () => process.stdout),
    stderr: sinkOf(2, () => process.stderr),
    homeDir: homedir(),
    cwd: process.cwd(),
    version,
    clock: systemClock,
    random: () => randomInt(2 ** 32) / 2 ** 32,
    signal: interrupt.signal,
  })
  return run(process.argv.slice(2))
}
