import { createHmac } from 'node:crypto'
import { openDispatcher, systemClock, type Clock } from '@backset/core'
import { expect, test } from 'vitest'
import { sendWebhook, type Webhook } from '../src/notices/webhook.js'
import { receiver, status } from './receiver.js'

const body = JSON.stringify({ report: 'audit', outcome: 'ok', name: '备份' })

const send = async (
  webhook: Partial<Webhook> & { readonly url: string },
  options: { readonly clock?: Clock; readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
) =>
  sendWebhook({ allowHttp: false, ...webhook }, body, {
    dispatcher: openDispatcher({}),
    clock: systemClock,
    random: () => 0,
    timeoutMs: 5000,
    signal: new AbortController().signal,
    userAgent: 'backset-report/test',
    ...options,
  })

test('a notice is signed over its time and body', async () => {
  await using server = await receiver(status(204))
  const secret = 'a secret of some length'
  await send({ url: server.url, secret })
  const [{ headers, body: sent } = { headers: {}, body: '' }] = server.taken
  expect(sent).toBe(body)
  const timestamp = String(headers['x-backset-timestamp'])
  expect(Math.abs(Number(timestamp) * 1000 - Date.now())).toBeLessThan(60_000)
  expect(headers['x-backset-signature']).toBe(`v1=${createHmac('sha256', secret).update(`${timestamp}.${sent}`).digest('hex')}`)
  expect(headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'backset-report/test' })
})

test('without a secret there is no signature', async () => {
  await using server = await receiver(status(200))
  await send({ url: server.url })
  expect(server.taken[0]?.headers).not.toHaveProperty('x-backset-signature')
})

test('a receiver that fails for a while gets the notice in the end', async () => {
  await using server = await receiver(status(503), (outgoing) => outgoing.destroy(), status(200))
  await send({ url: server.url })
  expect(server.taken.map((one) => one.body)).toEqual([body, body, body])
})

test('a receiver that asks to wait is waited for', async () => {
  const pauses: number[] = []
  const clock: Clock = {
    ...systemClock,
    sleep: async (ms, signal) => {
      if (ms !== 7000) return systemClock.sleep(ms, signal)
      pauses.push(ms)
    },
  }
  await using server = await receiver(status(429, { 'retry-after': '7' }), status(200))
  await send({ url: server.url }, { clock })
  expect({ pauses, taken: server.taken.length }).toEqual({ pauses: [7000], taken: 2 })
})

test.each([400, 401, 404, 410, 302])('HTTP %i is not tried again, nor followed', async (code) => {
  await using server = await receiver(status(code, { location: 'http://127.0.0.1:1/' }))
  const failure = send({ url: server.url })
  await expect(failure).rejects.toMatchObject({
    code: 'refused',
    attempts: 1,
    message: expect.stringMatching(`answered HTTP ${code}`) as string,
  })
  expect(server.taken).toHaveLength(1)
})

test('tries are bounded', async () => {
  await using server = await receiver(status(500))
  await expect(send({ url: server.url })).rejects.toMatchObject({ attempts: 4 })
  expect(server.taken).toHaveLength(4)
})

test('a receiver that never answers is left, and nothing of the address but its host is told', async () => {
  await using server = await receiver(() => undefined)
  const failure = send({ url: server.url }, { timeoutMs: 30 })
  await expect(failure).rejects.toMatchObject({ code: 'unreachable', attempts: 4 })
  await expect(failure).rejects.toThrow(expect.not.stringContaining('hooks'))
})

test('who is told to stop sends nothing more', async () => {
  const stop = new AbortController()
  await using server = await receiver(() => stop.abort())
  await expect(send({ url: server.url }, { signal: stop.signal })).rejects.toMatchObject({ code: 'aborted' })
  expect(server.taken).toHaveLength(1)
})

test.each([
  ['http://hooks.example/a', 'plain http'],
  ['ftp://hooks.example/a', 'no address'],
  ['hooks.example', 'no address'],
  ['https://user:word@hooks.example/', 'holds a user'],
])('%s is no place for a notice', async (url, why) => {
  await expect(send({ url })).rejects.toMatchObject({ code: 'invalid-input', message: expect.stringContaining(why) as string })
})
