import { expect, test } from 'vitest'
import { startApi } from './api.js'
import { Wire } from './raw.js'

test('a stop under load loses no answer', async () => {
  await using api = await startApi({ 'max-age': '100ms' }, { tasks: 30, latencyMs: 20 })
  const path = `/v1/download-tasks?backupPlanId=${api.emulator.world.planIds[0]}`
  const ends: string[] = []
  const client = async () => {
    for (;;) {
      using wire = new Wire(api.url)
      // One request after another on a connection, until the server ends it.
      const end = await wire.askUntilEnd(`GET ${path} HTTP/1.1\r\nHost: ${new URL(api.url).host}\r\n\r\n`)
      ends.push(end)
      if (end !== 'closed by a word') return
    }
  }
  const clients = Array.from({ length: 30 }, client)
  while (api.logs.length < 100) await new Promise((resolve) => setImmediate(resolve))
  await api.stop({ graceMs: 15_000 })
  await Promise.all(clients)
  // Each connection was told its end in an answer; then there was nobody to connect to.
  expect(new Set(ends)).toEqual(new Set(['closed by a word', 'refused']))
})

test('what is under way is answered, and its connection ends', async () => {
  await using api = await startApi({}, { latencyMs: 300 })
  const task = api.emulator.world.tasksOf(api.emulator.world.planIds[0] ?? '').ids()[0] ?? ''
  using wire = new Wire(api.url)
  wire.say(`GET /v1/download-tasks/${task} HTTP/1.1\r\nHost: ${new URL(api.url).host}\r\n\r\n`)
  while (api.emulator.requestCount === 0) await new Promise((resolve) => setImmediate(resolve))
  const stopped = api.stop({ graceMs: 10_000 })
  const text = await wire.rest()
  expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(text.toLowerCase()).toContain('\r\nconnection: close\r\n')
  await stopped
})

test('a server that is stopping says that it is not ready', async () => {
  await using api = await startApi({}, { latencyMs: 300 })
  using wire = new Wire(api.url)
  const ask = `GET /readyz HTTP/1.1\r\nHost: ${new URL(api.url).host}\r\n\r\n`
  wire.say(ask)
  await wire.until('DBS answers')
  const stopped = api.stop({ graceMs: 10_000 })
  wire.say(ask)
  const text = await wire.rest()
  expect(text).toContain('HTTP/1.1 503')
  expect(text).toContain('"code":"stopping"')
  await stopped
})

test.each([
  ['when time is out', () => ({ graceMs: 50 })],
  ['when it is forced', () => ({ graceMs: 60_000, force: AbortSignal.timeout(50) })],
])('what hangs is cut off %s', async (_title, how) => {
  await using api = await startApi({}, { scenario: { rules: [{ fault: { kind: 'hang' } }] } })
  const task = api.emulator.world.tasksOf(api.emulator.world.planIds[0] ?? '').ids()[0] ?? ''
  const hanging = fetch(new URL(`/v1/download-tasks/${task}`, api.url)).catch((error: unknown) => error)
  while (api.emulator.requestCount === 0) await new Promise((resolve) => setImmediate(resolve))
  await api.stop(how())
  expect(await hanging).toBeInstanceOf(TypeError)
  expect(api.logs).toContainEqual(expect.objectContaining({ route: '/v1/download-tasks/{taskId}', cutByStop: true }))
})
