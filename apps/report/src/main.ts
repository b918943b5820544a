import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { homedir, hostname } from 'node:os'
import { systemClock } from '@backset/core'
import { createCli } from './cli.js'
import type { Sink } from './command.js'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string }

const stop = new AbortController()
// Once: a second one ends the process at once.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => stop.abort())

/** A reader that is gone ends nothing: an export is written all the same. */
const sinkOf = (stream: NodeJS.WriteStream): Sink => {
  stream.on('error', () => undefined)
  return {
    isTTY: stream.isTTY,
    columns: stream.isTTY ? stream.columns : undefined,
    write: (text) => new Promise((resolve) => stream.write(text, () => resolve())),
  }
}

process.exitCode = await createCli({
  env: process.env,
  stdout: sinkOf(process.stdout),
  stderr: sinkOf(process.stderr),
  homeDir: homedir(),
  cwd: process.cwd(),
  version,
  clock: systemClock,
  random: () => randomInt(2 ** 32) / 2 ** 32,
  owner: `${hostname()}/${process.pid}`,
  signal: stop.signal,
})(process.argv.slice(2))
// Of a run that was given up something may hang on, as a disk that does not answer; it must not keep the process.
if (stop.signal.aborted) setTimeout(() => process.exit(), 500).unref()
