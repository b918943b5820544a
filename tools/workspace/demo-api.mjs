// `npm run demo:api`: builds what is missing, starts the emulator with tasks that move, and the API with its dashboard before it; stays until Ctrl-C.
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startApiProcess } from './api-process.mjs'
import { startEmulatorProcess } from './emulator-process.mjs'
import { build } from './set-up.mjs'

const { seed, port } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, port: { type: 'string', default: '8787' } },
}).values
const stop = new AbortController()
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => stop.abort())

/** @param {string} text */
const say = (text) => console.log(text)

async function demo() {
  await build()
  const scenario = fileURLToPath(new URL('demo-scenario.json', import.meta.url))
  const emulator = await startEmulatorProcess(['--seed', seed, '--tasks', '60', '--scenario', scenario], stop.signal)
  const api = await startApiProcess(['--port', port, '--poll-interval', '2s'], emulator.env, stop.signal)
  const [plan = ''] = emulator.plans
  say(`
The dashboard:  ${api.url}/?backupPlanId=${plan}
The API:        ${api.url}/docs

  curl '${api.url}/v1/download-tasks?backupPlanId=${plan}&status=active&limit=2'
  curl '${api.url}/v1/summary?backupPlanId=${plan}'
  curl -N '${api.url}/v1/download-tasks/events?backupPlanId=${plan}'

Behind it an emulated DBS: its tasks move on every 8 s. The log of the API follows; Ctrl-C ends both.
`)
  await api.exited
}

try {
  await demo()
} catch (error) {
  if (!stop.signal.aborted) throw error
} finally {
  stop.abort()
}
