import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './run.mjs'

/**
 * Starts the built API as a process of its own, on loopback.
 *
 * @param {readonly string[]} flags
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal ends it; whoever starts one aborts in the end
 * @param {{ log?: 'inherit' | 'ignore' }} [options] where its log goes
 * @returns {Promise<{ url: string, exited: Promise<unknown> }>}
 * @throws when it ends before it listens; with its log inherited it has said why
 */
export async function startApiProcess(flags, env, signal, { log = 'inherit' } = {}) {
  const bin = join(root, 'apps/rest-api/bin/backset-api.js')
  const child = spawn(process.execPath, [bin, ...flags], { env, stdio: ['ignore', 'pipe', log], signal })
  child.on('error', () => {}) // the abort, and what `once` below tells
  const exited = once(child, 'exit').catch(() => undefined)
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line', { signal }), exited.then(() => [])])
  if (typeof line !== 'string') throw new Error('The API ended before it listened.')
  /** @type {{ url: string }} */
  const { url } = JSON.parse(line)
  return { url, exited }
}
