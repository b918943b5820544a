import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cliBin } from '../cli-bin.js'
import { withEmulator } from '../emulator.js'
import { milliseconds, timesAsLong, type Case } from '../measure.js'

const runs = 25
type Env = Readonly<Record<string, string | undefined>>

export const startUp: Case = {
  title: `Starting a command, median of ${runs} (hyperfine where it is installed)`,
  run: (signal) =>
    withEmulator(['--tasks', '20'], signal, async ({ env, planId }) => {
      const commands = {
        'node -e 0': ['-e', '0'],
        'backset --version': [cliBin, '--version'],
        'backset --help': [cliBin, '--help'],
        'backset list, one page of 20': [cliBin, 'list', '--plan', planId, '-o', 'json'],
      }
      const medians = medianByHyperfine(Object.values(commands), env) ?? medianBySpawning(Object.values(commands), env)
      const baseMs = medians[0] ?? Number.NaN
      return Object.keys(commands).map((what, index) => {
        const ms = medians[index] ?? Number.NaN
        return { what, figure: milliseconds(ms), ...(index > 0 && { ratio: timesAsLong(baseMs, ms) }) }
      })
    }),
}

/** undefined where hyperfine is not installed */
function medianByHyperfine(commands: readonly (readonly string[])[], env: Env): number[] | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'backset-bench-'))
  try {
    const file = join(folder, 'times.json')
    const lines = commands.map((args) => [process.execPath, ...args].map((arg) => `'${arg}'`).join(' '))
    const flags = ['--shell=none', '--warmup=3', `--runs=${runs}`, '--style=none', `--export-json=${file}`]
    const { error, status, stderr } = spawnSync('hyperfine', [...flags, ...lines], { env, encoding: 'utf8' })
    if (error !== undefined) return undefined
    if (status !== 0) throw new Error(`hyperfine failed: ${stderr}`)
    const { results } = JSON.parse(readFileSync(file, 'utf8')) as { readonly results: readonly { readonly median: number }[] }
    return results.map(({ median }) => median * 1000)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** In turns, so that a slow moment of the machine falls on all alike. */
function medianBySpawning(commands: readonly (readonly string[])[], env: Env): number[] {
  const times: number[][] = commands.map(() => [])
  for (let run = 0; run < runs; run++) {
    for (const [index, args] of commands.entries()) {
      const start = performance.now()
      const { status } = spawnSync(process.execPath, args, { env, stdio: 'ignore' })
      if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}.`)
      times[index]?.push(performance.now() - start)
    }
  }
  return times.map((each) => each.toSorted((one, other) => one - other)[runs >> 1] ?? Number.NaN)
}
