import { pino } from 'pino'
import { expect, test } from 'vitest'
import { readSettings } from '@backset/settings'
import { TurnedClock } from '../../test/turned-clock.js'
import { apiSettings } from '../settings.js'
import { openDoor, openKeys } from './door.js'

const log = pino({ enabled: false })

async function open(flags: Record<string, string>) {
  const settings = readSettings(apiSettings, { flags, env: {} }).values
  const clock = new TurnedClock()
  return openDoor({ settings, keys: await openKeys(settings, { clock, log }), clock, serverSecret: new Uint8Array(32) })
}

test.each(['127.0.0.1', '127.9.9.9', '::1', 'localhost', 'LOCALHOST'])('without keys a server listens on %s', async (host) => {
  expect((await open({ host })).access.hasKeys).toBe(false)
})

test.each(['0.0.0.0', '::', '10.0.0.1', '::ffff:0.0.0.0', 'example.com', 'localhost.example.com', '127.0.0.1.example.com'])(
  'without keys no server listens on %s',
  async (host) => {
    await expect(open({ host })).rejects.toMatchObject({
      code: 'invalid-setting',
      message: expect.stringMatching(/^--host needs --keys: /),
      hint: expect.stringContaining('backset-api keys add NAME'),
    })
  },
)

test('what needs keys is told all at once', async () => {
  await expect(open({ host: '::', 'trust-proxy': '10.0.0.1', 'cors-origin': '*' })).rejects.toMatchObject({
    faults: [{ source: '--host' }, { source: '--trust-proxy' }, { source: '--cors-origin' }],
  })
})

test('without keys nobody is bounded unless it is said', async () => {
  expect((await open({})).limiter).toBeUndefined()
  expect((await open({ 'rate-limit': '5/s' })).limiter).toBeDefined()
})
