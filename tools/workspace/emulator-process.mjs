import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { cleanEnv } from './clean-env.mjs'
import { root } from './run.mjs'

/** @typedef {{ url: string, accessKeyId: string, accessKeySecret: string, region: string, plans: string[] }} Listening what the bin says when it listens */

/**
 * Starts the built emulator as a process of its own, on a free port of loopback.
 *
 * @param {readonly string[]} flags beside `--port`
 * @param {AbortSignal} signal ends it; whoever starts one aborts in the end
 * @returns {Promise<Listening & { env: NodeJS.ProcessEnv, countRequests: () => Promise<number> }>}
 * @throws when it ends before it listens; it has said why on stderr
 */
export async function startEmulatorProcess(flags, signal) {
  const bin = join(root, 'tools/emulator/bin/backset-emulator.js')
  const child = spawn(process.execPath, [bin, '--port', '0', ...flags], { stdio: ['ignore', 'pipe', 'inherit'], signal })
  child.on('error', () => {}) // the abort, and what `once` below tells
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), 'line', { signal }), once(child, 'exit', { signal })])
  if (typeof line !== 'string') throw new Error('The emulator ended before it listened.')
  /** @type {Listening} */
  const listening = JSON.parse(line)
  const { url, accessKeyId, accessKeySecret } = listening
  return {
    ...listening,
    env: {
      ...withoutAccounts(cleanEnv(process.env)),
      BACKSET_ENDPOINT: url,
      ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
    },
    async countRequests() {
      const response = await fetch(new URL('/_emulator/requests', url), { signal })
      /** @type {{ total: number }} */
      const { total } = JSON.parse(await response.text())
      return total
    },
  }
}

/**
 * The environment without what would lead a command to another account or endpoint than the emulator's.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
function withoutAccounts(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(BACKSET_|ALIBABA_?CLOUD_|ALICLOUD_)/i.test(name)))
}
