// `npm run demo`: builds what is missing, starts the emulator, and asks it over sockets with what was built: the CLI, and the API.
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startApiProcess } from './api-process.mjs'
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

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} the command's exit code
 */
function backset(args, env) {
  say(`\n$ backset ${args.join(' ')}\n`)
  const bin = join(root, 'apps/cli/bin/backset.js')
  const child = spawn(process.execPath, [bin, ...args], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'], signal: stop.signal })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}

async function demo() {
  await build()
  // 40 tasks make two pages of 30: few enough to read, enough for a list that has to be proved.
  const emulator = await startEmulatorProcess(['--seed', seed, '--tasks', '40'], stop.signal)
  say(
    `An emulated DBS listens on port ${new URL(emulator.url).port}: it checks signatures as the real one does, its data grow from seed ${seed}.`,
  )

  mkdirSync(join(root, 'demo-output'), { recursive: true })
  const list = ['list', '--plan', emulator.plans[0] ?? '', '--page-size', '30', '-v']
  for (const output of [
    ['-o', 'table'],
    ['-o', 'csv', '--out', 'demo-output/tasks.csv'],
    ['-o', 'json', '--out', 'demo-output/tasks.json'],
  ]) {
    const seen = await emulator.countRequests()
    const code = await backset([...list, ...output], emulator.env)
    if (code !== 0) return code
    say(`The emulator saw ${(await emulator.countRequests()) - seen} requests.`)
  }
  const api = await startApiProcess(['--port', '0'], emulator.env, stop.signal, { log: 'ignore' })
  const url = `${api.url}/v1/download-tasks?backupPlanId=${emulator.plans[0]}&status=finish&limit=1`
  say(`\n$ curl '${url}'\n`)
  const answer = await fetch(url, { signal: stop.signal })
  say(JSON.stringify(await answer.json(), undefined, 2))
  say(`\nThe API, with its dashboard and tasks that move: npm run demo:api`)
  say('\nThe same tasks stand in demo-output/tasks.csv and demo-output/tasks.json. Other rows: npm run demo -- --seed 7')
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
