import { randomInt } from 'node:crypto'
import { homedir, userInfo } from 'node:os'
import { addAbortSignal } from 'node:stream'
import { systemClock } from '@backset/core'
import { createCli } from './cli.js'
import { fdSink } from './output/fd-sink.js'
import { processTerminal, sizeIn, usualSize } from './output/process-terminal.js'
import type { Sink } from './output/sink.js'

const interruptions = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Runs the command line in a real process; gives its exit code. */
export async function start(process: NodeJS.Process, version: string): Promise<number> {
  const interrupt = new AbortController()
  let interruptedBy: NodeJS.Signals | undefined
  // Once: a second one ends the process at once. Node itself undoes `nohup`, so to listen for SIGHUP takes nothing from anybody.
  for (const name of interruptions)
    process.once(name, () => {
      interruptedBy = name
      interrupt.abort()
    })
  const { sleep } = systemClock
  // process.stdout is touched on a terminal alone: its first use changes how a pipe behaves.
  const widthOf = ({ columns }: NodeJS.WriteStream): number => sizeIn(process.env['COLUMNS'], columns, usualSize.columns)
  const stdout = fdSink(1, { width: () => widthOf(process.stdout), sleep, signal: interrupt.signal })
  const stderr = fdSink(2, { width: () => widthOf(process.stderr), sleep })
  const run = createCli({
    env: process.env,
    stdout,
    stderr: deafTo(stderr),
    terminal: stdout.isTTY ? processTerminal(process) : undefined,
    stdin: (end) => addAbortSignal(end, process.stdin).setEncoding('utf8'),
    homeDir: homedir() || userInfo().homedir, // HOME may be empty: then keys are not looked for in the folder at hand
    cwd: process.cwd(),
    version,
    clock: systemClock,
    random: () => randomInt(2 ** 32) / 2 ** 32,
    signal: interrupt.signal,
  })
  const exitCode = await run(process.argv.slice(2))
  // A thread that waits for a reader would keep the process, process.exit too; only a signal ends it.
  if (interruptedBy === 'SIGHUP' || stdout.isHeld() || stderr.isHeld()) endBy(interruptedBy ?? 'SIGTERM', process)
  else if (stdout.isWriting() || stderr.isWriting()) process.exit(exitCode)
  return exitCode
}

/** Ends the process by a signal, as if nobody had listened for it: a shell then tells it by its number. */
function endBy(name: NodeJS.Signals, process: NodeJS.Process): void {
  process.removeAllListeners(name)
  process.kill(process.pid, name)
}

/** When stderr cannot be written to, there is nobody left to tell. */
const deafTo = (sink: Sink): Sink => ({ ...sink, write: (...args) => sink.write(...args).catch(() => undefined) })
