import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TurnedClock } from '../../test/turned-clock.js'
import { Sessions } from './session.js'

const keyId = '0123456789ab'
const cookieOf = (setCookie: string) => setCookie.split(';')[0] ?? ''
const setUp = () => {
  const clock = new TurnedClock()
  const secret = randomBytes(32)
  const sessions = new Sessions(secret, clock)
  return { clock, secret, sessions, cookie: cookieOf(sessions.open(keyId, false)) }
}

test('a login is a cookie that scripts and other sites cannot have', () => {
  const { sessions } = setUp()
  expect(sessions.open(keyId, false)).toMatch(/^backset_session=[\w.-]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/)
  expect(sessions.open(keyId, true)).toMatch(/; Secure/)
})

test('a login names its key for twelve hours', () => {
  const { sessions, cookie, clock } = setUp()
  expect(sessions.keyIdOf(`other=1; ${cookie}`)).toBe(keyId)
  clock.turn(12 * 3_600_000 - 1)
  expect(sessions.keyIdOf(cookie)).toBe(keyId)
  clock.turn(1)
  expect(sessions.keyIdOf(cookie)).toBeUndefined()
})

test('a logout ends every copy of its cookie, and no other login', () => {
  const { sessions, cookie } = setUp()
  const other = cookieOf(sessions.open(keyId, false))
  expect(sessions.end(cookie, false)).toMatch(/^backset_session=; Max-Age=0; /)
  expect(sessions.keyIdOf(cookie)).toBeUndefined()
  expect(sessions.keyIdOf(other)).toBe(keyId)
})

test('replicas with one secret know each other, others do not', () => {
  const { clock, secret, cookie } = setUp()
  expect(new Sessions(secret, clock).keyIdOf(cookie)).toBe(keyId)
  expect(new Sessions(randomBytes(32), clock).keyIdOf(cookie)).toBeUndefined()
})

test('a cookie with any character changed names nobody', () => {
  const { sessions, cookie } = setUp()
  const start = 'backset_session='.length
  fc.assert(
    fc.property(
      fc.integer({ min: start, max: cookie.length - 1 }),
      fc.constantFrom('0', 'a', 'Z', '_', '-', '.', ';', '=', ' ', '"', '%', '\0', 'é'),
      (at, character) => {
        const altered = cookie.slice(0, at) + character + cookie.slice(at + 1)
        // The last character of base64url holds two bits that mean nothing; text is compared, so they count, too.
        expect(sessions.keyIdOf(altered)).toBe(altered === cookie ? keyId : undefined)
      },
    ),
    { numRuns: 500 },
  )
})

test('any other text names nobody', () => {
  const { sessions } = setUp()
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(sessions.keyIdOf(`backset_session=${text}`)).toBeUndefined()
    }),
  )
})
