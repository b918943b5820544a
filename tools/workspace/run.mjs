import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cleanEnv } from './clean-env.mjs'

/** The clone's folder, without a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/**
 * Runs a program in the clone's folder until it ends.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ stdout?: 'inherit' | 'stderr' }} [options] `stderr`: its output goes beside ours, not into it
 * @returns {Promise<number>} its exit code; 128 and the signal's number when a signal ended it
 */
export function run(program, args, { stdout = 'inherit' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: cleanEnv(process.env),
      stdio: ['ignore', stdout === 'stderr' ? 2 : 'inherit', 'inherit'],
    })
    child.once('error', reject)
    child.once('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
}

/**
 * Runs the bin of an installed tool with this very Node.
 *
 * @param {string} tool the package's name, which is its bin's too
 * @param {readonly string[]} args
 */
export function runTool(tool, args) {
  return run(process.execPath, [toolPath(tool), ...args])
}

/** @param {string} tool */
export function toolPath(tool) {
  const folder = join(root, 'node_modules', tool)
  /** @type {{ bin: Record<string, string> }} */
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, bin[tool] ?? '')
}
