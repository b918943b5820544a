import { readFileSync, writeSync } from 'node:fs'
import { homedir } from 'node:os'
import { isatty } from 'node:tty'
import { systemClock } from '@backset/core'
import { runCommandLine } from './command-line/command-line.js'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { readonly version: string }

/** Bytes of the log that wait for a reader; a reader that has stopped reading costs lines, not the server. */
const maxLogBytes = 16 * 1024 * 1024
/** Lines are written together once there are so many bytes, or after a moment: a write for each would cost more than the answer it tells of. */
const logBatchBytes = 8 * 1024 // its writer takes 16 KiB at once, and wants less here
const logDelayMs = 100
/** How long its reader is waited for at the end, milliseconds. */
const logPatienceMs = 1000

const stop = new AbortController()
const force = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    if (stop.signal.aborted) force.abort()
    stop.abort()
  })

let flushLog = (done: () => void): void => done()

/** A log that never waits for its reader, and metrics of the process. */
async function openRecords({ debug }: { readonly debug: boolean }) {
  const [{ destination, pino }, { collectDefaultMetrics, Registry }] = await Promise.all([import('pino'), import('prom-client')])
  const stderr = destination({ dest: 2, sync: false, minLength: logBatchBytes, maxLength: maxLogBytes })
  stderr.on('error', () => undefined) // nobody is left to tell
  const flushing = setInterval(() => stderr.flush(), logDelayMs).unref()
  stderr.once('close', () => clearInterval(flushing))
  flushLog = (done) => stderr.flush(done)
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const log = pino({ base: null, level: debug ? 'debug' : 'info', formatters: { level: (level) => ({ level }) } }, stderr)
  return { log, registry }
}

const exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  homeDir: homedir(),
  version,
  assets: new URL('../assets/', import.meta.url),
  clock: systemClock,
  isTerminal: isatty(1),
  print: (text) => void writeSync(1, text),
  tell: (text) => void writeSync(2, text),
  openRecords,
  stop: stop.signal,
  force: force.signal,
})
// Handles of metrics, and of work that was cut off, must not keep the process.
setTimeout(() => process.exit(exitCode), logPatienceMs).unref()
flushLog(() => process.exit(exitCode))
