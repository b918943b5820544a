// `npm run demo`: builds what is missing, starts the emulator, and asks it over sockets with what was built: the CLI, a report, and the API.
import { parseArgs } from 'node:util'
import { startApiProcess } from './api-process.mjs'
import { runCommand } from './command-process.mjs'
import { startEmulatorProcess } from './emulator-process.mjs'
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
  // 40 tasks make two pages of 30: few enough to read, enough for a list that has to be proved.
  const emulator = await startEmulatorProcess(['--seed', seed, '--tasks', '40'], stop.signal)
  say(
    `An emulated DBS listens on port ${new URL(emulator.url).port}: it checks signatures as the real one does, its data grow from seed ${seed}.`,
  )

  const [plan = ''] = emulator.plans
  const env = { ...emulator.env, PLAN: plan }
  for (const [program, args] of /** @type {const} */ ([
    ['backset', ['list', '--plan', plan, '--page-size', '30', '-v', '-o', 'table']],
    ['backset-report', ['run', 'tools/workspace/demo-tasks.yaml', '-o', 'text']],
  ])) {
    const seen = await emulator.countRequests()
    const code = await runCommand(program, args, env, stop.signal)
    if (code !== 0) return code
    say(`The emulator saw ${(await emulator.countRequests()) - seen} requests.`)
  }
  const api = await startApiProcess(['--port', '0'], emulator.env, stop.signal, { log: 'ignore' })
  const url = `${api.url}/v1/download-tasks?backupPlanId=${plan}&status=finish&limit=1`
  say(`\n$ curl '${url}'\n`)
  const answer = await fetch(url, { signal: stop.signal })
  say(JSON.stringify(await answer.json(), undefined, 2))
  say(`\nThe API, with its dashboard and tasks that move: npm run demo:api. Reports in every format: npm run demo:report`)
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
