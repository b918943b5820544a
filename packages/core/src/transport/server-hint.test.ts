import fc from 'fast-check'
import { expect, test } from 'vitest'
import { retryAfterMs } from './server-hint.js'

const now = Date.parse('2026-10-21T07:28:00Z')

test.each([
  ['x-acs-retry-after is in milliseconds', { 'x-acs-retry-after': '1500' }, 1500],
  ['x-acs-retry-after of zero says nothing', { 'x-acs-retry-after': '0' }, undefined],
  ['x-acs-retry-after below zero says nothing', { 'x-acs-retry-after': '-5' }, undefined],
  ['x-acs-retry-after in words says nothing', { 'x-acs-retry-after': 'soon' }, undefined],
  ['an empty x-acs-retry-after says nothing', { 'x-acs-retry-after': '' }, undefined],
  ['Retry-After is in seconds', { 'retry-after': '2' }, 2000],
  ['Retry-After may be a date', { 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT' }, 30_000],
  ['a Retry-After that has passed says nothing', { 'retry-after': 'Wed, 21 Oct 2026 07:27:00 GMT' }, undefined],
  ['Retry-After of zero says nothing', { 'retry-after': '0' }, undefined],
  ['a broken Retry-After says nothing', { 'retry-after': '1.5' }, undefined],
  ['a negative Retry-After says nothing', { 'retry-after': '-1' }, undefined],
  ['a used up limit waits its time and 100 ms', { 'x-ratelimit-user': 'Limit:1,Remain:0,TimeLeft:2000,Reset:1234' }, 2100],
  ['a limit with room says nothing', { 'x-ratelimit-user': 'Limit:9,Remain:3,TimeLeft:2000,Reset:1234' }, undefined],
  ['no limit (-1) says nothing', { 'x-ratelimit-user': 'Limit:-1,Remain:-1,TimeLeft:2000,Reset:0' }, undefined],
  ['no header says nothing', {}, undefined],
])('%s', (_, headers, waitMs) => {
  expect(retryAfterMs(headers as Record<string, string>, now)).toBe(waitMs)
})

test('the vendor’s own header wins over the others', () => {
  const headers = { 'x-acs-retry-after': '7', 'retry-after': '9', 'x-ratelimit-user-api': 'Remain:0,TimeLeft:1' }
  expect(retryAfterMs(headers, now)).toBe(7)
})

test('the limit of the action wins over the user’s', () => {
  const headers = {
    'x-ratelimit-user': 'Limit:1,Remain:0,TimeLeft:9,Reset:1',
    'x-ratelimit-user-api': 'Limit:1,Remain:0,TimeLeft:5,Reset:1',
  }
  expect(retryAfterMs(headers, now)).toBe(105)
})

test('whatever a server sends, a hint is positive', () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  )
  const names = fc.constantFrom('x-acs-retry-after', 'retry-after', 'x-ratelimit-user-api', 'x-ratelimit-user')
  fc.assert(
    fc.property(fc.dictionary(names, value), (headers) => {
      const hint = retryAfterMs(headers, now) ?? 1
      expect(Number.isFinite(hint) && hint > 0).toBe(true)
    }),
  )
})
