import { expect, test } from 'vitest'
import { startEmulator } from '../src/index.js'
import { call } from './call.js'
import { exchange } from './raw-socket.js'

test('a scenario is played and stopped over HTTP', async () => {
  await using emulator = await startEmulator()
  const play = (body: string) => fetch(`${emulator.url}/_emulator/scenario`, { method: 'POST', body })
  expect((await play('{"rules":[{"fault":{"kind":"unavailable"}}]}')).status).toBe(200)
  expect(await call(emulator, 'DescribeRegions')).toMatchObject({ Code: 'ServiceUnavailable' })
  expect((await play('')).status).toBe(200)
  expect(await call(emulator, 'DescribeRegions')).toMatchObject({ Success: true })
})

test('a wrong scenario is told and changes nothing', async () => {
  await using emulator = await startEmulator()
  const answer = await fetch(`${emulator.url}/_emulator/scenario`, { method: 'POST', body: '{"rules":[{"fault":{"kind":"fire"}}]}' })
  expect({ status: answer.status, body: await answer.json() }).toEqual({
    status: 400,
    body: { error: expect.stringContaining('rules[0].fault.kind') },
  })
  expect(await call(emulator, 'DescribeRegions')).toMatchObject({ Success: true })
})

test('the record of requests holds no secret', async () => {
  await using emulator = await startEmulator()
  await call(emulator, 'DescribeNodeCidrList', { Region: 'cn-hangzhou' })
  const text = await (await fetch(`${emulator.url}/_emulator/requests`)).text()
  expect(JSON.parse(text)).toMatchObject({
    total: 1,
    requests: [{ action: 'DescribeNodeCidrList', parameters: { Region: 'cn-hangzhou' }, signature: 'v3', httpStatus: 200 }],
  })
  expect(text).not.toContain(emulator.accessKeyId)
  expect(text).not.toMatch(/Signature=|[0-9a-f]{64}/)
})

test('health, reset and unknown routes answer', async () => {
  await using emulator = await startEmulator()
  expect(await (await fetch(`${emulator.url}/_emulator/health`)).json()).toEqual({ status: 'ready' })
  expect((await fetch(`${emulator.url}/_emulator/reset`, { method: 'POST' })).status).toBe(200)
  expect((await fetch(`${emulator.url}/_emulator/toString`)).status).toBe(404)
})

test('reset plays the first scenario again, from its beginning', async () => {
  await using emulator = await startEmulator({ scenario: { rules: [{ nth: 1, fault: { kind: 'unavailable' } }] } })
  const code = async (): Promise<unknown> => (await call(emulator, 'DescribeRegions')).Code
  expect([await code(), await code()]).toEqual(['ServiceUnavailable', undefined])
  emulator.play({})
  expect(await code()).toBeUndefined()
  emulator.reset()
  expect([await code(), await code()]).toEqual(['ServiceUnavailable', undefined])
})

test.each([
  ['another host', 'Host: rebound.example'],
  ['a page of a browser', 'Host: HOST\r\nOrigin: http://127.0.0.1:1'],
])('%s does not reach the own routes', async (_, headers) => {
  await using emulator = await startEmulator()
  const head = headers.replace('HOST', new URL(emulator.url).host)
  const answer = await exchange(emulator.url, `POST /_emulator/reset HTTP/1.1\r\n${head}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
  expect(answer.status).toBe(403)
})
