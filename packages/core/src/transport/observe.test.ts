import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { expect, onTestFinished, test } from 'vitest'
import { refusal, scriptedDispatcher } from '../../test/scripted-dispatcher.js'
import { turnedClock } from '../../test/turned-clock.js'
import { openCaller } from './call.js'
import { AdaptivePace } from './limiter.js'
import { channels } from './observe.js'

/** All that is told on our channels from now on. */
function listen(): [keyof typeof channels, unknown][] {
  const told: [keyof typeof channels, unknown][] = []
  for (const name of ['request', 'answer', 'success', 'failure'] as const) {
    const keep = (message: unknown): void => void told.push([name, message])
    subscribe(channels[name], keep)
    onTestFinished(() => void unsubscribe(channels[name], keep))
  }
  return told
}

async function callTwice(signature: 'v1' | 'v3', method: 'GET' | 'POST'): Promise<void> {
  const clock = turnedClock()
  const { dispatcher } = scriptedDispatcher(
    refusal('Throttling.User', 400, { 'x-acs-retry-after': '500', 'set-cookie': 'canary-cookie' }),
    {},
  )
  const caller = openCaller({
    dispatcher,
    planFor: () => ({ endpoint: new URL('https://dbs.example'), signature, method, wire: 'json', userAgent: 'test' }),
    credentials: {
      source: 'test',
      get: async () => ({ accessKeyId: 'canary-access-key-id', accessKeySecret: 'canary-secret', securityToken: 'canary-token' }),
    },
    pace: new AdaptivePace(clock),
    clock,
    nonce: () => 'nonce',
    random: () => 0,
    maxAttempts: 2,
    requestTimeoutMs: 60_000,
    attemptTimeoutMs: 10_000,
    maxInFlight: 1,
  })
  await clock.turnUntil(
    caller.call({ action: 'DescribeRegions', version: '2019-03-06', parameters: { Password: 'canary-password' }, safety: 'read' }),
  )
}

test('each attempt tells what was sent and answered', async () => {
  const told = listen()
  await callTwice('v3', 'POST')
  const [first] = told.map(([, message]) => (message as { id: number }).id)
  const facts = { action: 'DescribeRegions', host: 'dbs.example' }
  expect(told).toMatchObject([
    ['request', { ...facts, id: first, attempt: 1, method: 'POST', headers: { authorization: '***', 'x-acs-signature-nonce': 'nonce' } }],
    ['answer', { ...facts, id: first, attempt: 1, httpStatus: 400, durationMs: 0, headers: { 'x-acs-retry-after': '500' } }],
    ['failure', { ...facts, id: first, attempt: 1, code: 'throttled', serviceCode: 'Throttling.User', throttled: true, pauseMs: 500 }],
    ['request', { ...facts, attempt: 2 }],
    ['answer', { ...facts, attempt: 2, httpStatus: 200 }],
    ['success', { ...facts, attempt: 2 }],
  ])
})

test.each([
  ['v1', 'GET'],
  ['v1', 'POST'],
  ['v3', 'POST'],
] as const)('nothing secret is told under %s %s', async (signature, method) => {
  const told = listen()
  await callTwice(signature, method)
  expect(told).toHaveLength(6)
  expect(JSON.stringify(told)).not.toMatch(/canary/)
})
