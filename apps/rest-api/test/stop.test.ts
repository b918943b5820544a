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

test('an answer that has begun and does not end is cut off, and its line says why', async () => {
  await using api = await startApi({ lookahead: 1 }, { tasks: 500, scenario: { rules: [{ pageNum: 4, fault: { kind: 'hang' } }] } })
  const planId = api.emulator.world.planIds[0] ?? ''
  const answer = await fetch(new URL(`/v1/download-tasks?backupPlanId=${planId}&format=ndjson`, api.url))
  expect(answer.status).toBe(200)
  const text = answer.text().catch((error: unknown) => error)
  await api.stop({ graceMs: 100 })
  expect(await text).toBeInstanceOf(TypeError)
  expect(api.logs).toContainEqual(expect.objectContaining({ route: '/v1/download-tasks', status: 200, cutByStop: true }))
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
])('what hangs is answered %s', async (_title, how) => {
  await using api = await startApi({}, { scenario: { rules: [{ fault: { kind: 'hang' } }] } })
  const task = api.emulator.world.tasksOf(api.emulator.world.planIds[0] ?? '').ids()[0] ?? ''
  const hanging = fetch(new URL(`/v1/download-tasks/${task}`, api.url))
  while (api.emulator.requestCount === 0) await new Promise((resolve) => setImmediate(resolve))
  await api.stop(how())
  const answer = await hanging
  expect(answer.headers.get('retry-after')).toBe('5')
  expect(await answer.json()).toMatchObject({ status: 503, code: 'stopping' })
  const line = api.logs.find(({ msg }) => msg === 'answered')
  expect(line).toMatchObject({ route: '/v1/download-tasks/{taskId}', status: 503, code: 'stopping' })
  expect(line).not.toHaveProperty('cutByStop')
})
