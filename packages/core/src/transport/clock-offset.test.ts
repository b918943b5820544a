import { expect, test } from 'vitest'
import { ClockOffsets } from './clock-offset.js'

const now = Date.parse('2026-10-21T07:28:00Z')

test('a host that is not known has no offset', () => {
  expect(new ClockOffsets().of('host')).toBe(0)
})

test.each([
  ['Wed, 21 Oct 2026 07:45:00 GMT', 17 * 60_000],
  ['Wed, 21 Oct 2026 07:11:00 GMT', -17 * 60_000],
  ['Tue, 19 Jan 2038 03:14:07 GMT', Date.parse('2038-01-19T03:14:07Z') - now],
])('the offset follows the host’s Date %s', (date, offset) => {
  const offsets = new ClockOffsets()
  expect(offsets.learn('host', date, now)).toBe(true)
  expect(offsets.of('host')).toBe(offset)
})

test('each host has an offset of its own', () => {
  const offsets = new ClockOffsets()
  offsets.learn('one', 'Wed, 21 Oct 2026 07:45:00 GMT', now)
  expect(offsets.of('other')).toBe(0)
})

test('what was learnt last counts', () => {
  const offsets = new ClockOffsets()
  offsets.learn('host', 'Wed, 21 Oct 2026 07:45:00 GMT', now)
  offsets.learn('host', 'Wed, 21 Oct 2026 07:28:00 GMT', now)
  expect(offsets.of('host')).toBe(0)
})

test.each([undefined, '', 'noon', 'Thu, 01 Jan 1970 00:00:00 GMT', '+275760-01-01T00:00:00Z'])(
  'nothing is learnt from the Date %j',
  (date) => {
    const offsets = new ClockOffsets()
    expect(offsets.learn('host', date, now)).toBe(false)
    expect(offsets.of('host')).toBe(0)
  },
)
