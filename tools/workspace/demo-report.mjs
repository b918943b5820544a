// `npm run demo:report`: builds what is missing, starts the emulator, writes a report in every format, and proves what was written.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runCommand } from './command-process.mjs'
import { startEmulatorProcess } from './emulator-process.mjs'
import { root } from './run.mjs'
import { build } from './set-up.mjs'

const { seed } = parseArgs({ options: { seed: { type: 'string', default: '1' } } }).values
const stop = new AbortController()
for (const [signal, code] of /** @type {const} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])) {
  process.once(signal, () => {
    process.exitCode = code
    stop.abort()
  })
}

/** @param {string} text */
const say = (text) => console.log(text)

async function demo() {
  await build()
  const emulator = await startEmulatorProcess(['--seed', seed, '--tasks', '250'], stop.signal)
  /** @param {readonly string[]} args */
  const report = (args) => runCommand('backset-report', args, emulator.env, stop.signal)
  // The emulator's tasks are of January 2026 and before.
  for (const args of [
    ['validate', 'tools/workspace/demo-reports.yaml'],
    ['run', 'tools/workspace/demo-reports.yaml', '--due', '2026-01-15T09:00', '-o', 'text'],
    ['history', 'tools/workspace/demo-reports.yaml', '-o', 'text'],
    ['verify', '--chain', 'demo-output/reports', '-o', 'text'],
  ]) {
    const code = await report(args)
    if (code !== 0) return code
  }
  say(
    `\nOpen ${join(root, 'demo-output/reports/for-an-auditor-2026-01-15.html')} in a browser; the others, each with its manifest, stand beside it.`,
  )
  return 0
}

try {
  const code = await demo()
  process.exitCode ??= code
} catch (error) {
  if (!stop.signal.aborted) throw error
} finally {
  stop.abort()
}
