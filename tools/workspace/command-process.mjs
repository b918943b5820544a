import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from './run.mjs'

const bins = /** @type {const} */ ({ backset: 'apps/cli/bin/backset.js', 'backset-report': 'apps/report/bin/backset-report.js' })

/**
 * Shows a command line and runs it as it was built, in the root, with our own streams.
 *
 * @param {keyof typeof bins} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal ends it
 * @returns {Promise<number>} its exit code
 */
export function runCommand(program, args, env, signal) {
  console.log(`\n$ ${program} ${args.join(' ')}\n`)
  const child = spawn(process.execPath, [join(root, bins[program]), ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    signal,
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}
