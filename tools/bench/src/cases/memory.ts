import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { cliBin } from '../cli-bin.js'
import { withEmulator } from '../emulator.js'
import { mebibytes, type Case } from '../measure.js'

// Preloaded into the command: it says on descriptor 3, when it ends, how much memory it held at most.
const reporter = `import { writeSync } from 'node:fs'
process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)))`
const preload = `--import=data:text/javascript,${encodeURIComponent(reporter)}`

export const memory: Case = {
  title: 'Most memory held by backset list -o ndjson > /dev/null',
  onlyByName: true,
  async run(signal) {
    const few = await peakOfListing(100_000, signal)
    const many = await peakOfListing(1_000_000, signal)
    return [
      { what: '100,000 tasks', figure: mebibytes(few) },
      { what: '1,000,000 tasks', figure: mebibytes(many), ratio: `${mebibytes(many - few)} more` },
    ]
  },
}

/** @returns bytes */
function peakOfListing(tasks: number, signal: AbortSignal): Promise<number> {
  return withEmulator(['--tasks', String(tasks)], signal, async ({ env, planId }) => {
    const child = spawn(process.execPath, [preload, cliBin, 'list', '--plan', planId, '-o', 'ndjson'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit', 'pipe'],
      signal,
    })
    const [[code], kibibytes] = await Promise.all([once(child, 'close'), text(child.stdio[3] as Readable)])
    if (code !== 0) throw new Error(`The listing ended with ${String(code)}.`)
    return Number(kibibytes) * 1024
  })
}
