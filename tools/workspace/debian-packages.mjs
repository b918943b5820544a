import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './run.mjs'

/** Programs the tests run; Debian's packages bear their names. */
const needed = ['chromium', 'curl', 'fish', 'python3', 'zsh']

/** Another apt-get may be at work; seconds. */
const lockPatience = 'DPkg::Lock::Timeout=300'

/**
 * Installs what the tests need of Debian and is missing.
 *
 * @param {object} [world] the machine; tests hand their own in
 * @param {(program: string) => boolean} [world.isInstalled]
 * @param {(program: string, args: readonly string[]) => Promise<number>} [world.run] rejects where the program is missing
 * @param {boolean} [world.isRoot]
 * @returns {Promise<string | undefined>} what is missing still and how to get it; undefined where all is there
 */
export async function installDebianPackages({ isInstalled = isOnPath, run: start = runOnStderr, isRoot = process.getuid?.() === 0 } = {}) {
  const missing = needed.filter((program) => !isInstalled(program))
  if (missing.length === 0) return undefined
  const byHand = `The tests need ${missing.join(', ')}, which could not be installed. By hand: apt-get install -y --no-install-recommends ${missing.join(' ')}`
  /** @param {readonly string[]} args */
  const aptGet = (...args) => {
    const words = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y', '-o', lockPatience, ...args]
    const [program = '', ...rest] = isRoot ? words : ['sudo', '-n', ...words]
    return start(program, rest)
  }
  process.stderr.write(`Installing ${missing.join(', ')} for the tests …\n`)
  try {
    const install = /** @type {const} */ (['install', '--no-install-recommends', ...missing])
    // The lists of a fresh machine are empty or old.
    if ((await aptGet(...install)) !== 0 && ((await aptGet('update')) !== 0 || (await aptGet(...install)) !== 0)) return byHand
  } catch {
    return byHand // no apt-get or no sudo here
  }
  return undefined
}

/** @param {string} program */
const isOnPath = (program) => (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

/**
 * @param {string} program
 * @param {readonly string[]} args
 */
const runOnStderr = (program, args) => run(program, args, { stdout: 'stderr' })
