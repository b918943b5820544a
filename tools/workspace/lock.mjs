import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Does `work` while no other process in this clone holds the lock of that name: of two runs at once, the second would rebuild a `dist`
 * that the first is running. The lock of a dead process is removed.
 *
 * @template Result
 * @param {string} folder where the lock file stands
 * @param {string} name
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function locked(folder, name, work) {
  const file = join(folder, `.${name}.lock`)
  for (let tries = 0; !claim(file); tries++) {
    const holder = readHolder(file)
    if (holder !== undefined && !isAlive(holder)) removeDead(file, holder)
    else if (tries === 0) process.stderr.write(`Waiting for another run (${file} holds its process id).\n`)
    await sleep(200)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}

/** @param {string} file */
function claim(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** @param {string} file */
function readHolder(file) {
  try {
    // Empty for a moment, between its making and its writing.
    return Number(readFileSync(file, 'utf8')) || undefined
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) !== 'ESRCH' // EPERM: alive, and somebody else's
  }
}

/**
 * @param {string} file
 * @param {number} dead
 */
function removeDead(file, dead) {
  const aside = file.replace(/\.lock$/, `.${process.pid}.lock`)
  try {
    renameSync(file, aside)
    // Another waiter was first and holds the lock already: it gets it back.
    if (readHolder(aside) !== dead) linkSync(aside, file)
    rmSync(aside)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
