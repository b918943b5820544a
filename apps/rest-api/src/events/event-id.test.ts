import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareEventIds, EventIds } from './event-id.js'

test('ids rise however the clock goes', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1_800_000_000_000 }), { minLength: 2 }), (times) => {
      const left = [...times]
      const ids = new EventIds(() => left.shift() ?? 1)
      const made = times.map(() => ids.next())
      for (const [at, id] of made.entries()) {
        expect(id).toMatch(/^\d+-\d+$/)
        if (at > 0) expect(compareEventIds(id, made[at - 1] ?? '')).toBeGreaterThan(0)
      }
    }),
  )
})

test('a new millisecond begins with 0', () => {
  let time = 1000.7
  const ids = new EventIds(() => time)
  expect([ids.next(), ids.next()]).toEqual(['1000-0', '1000-1'])
  time = 1001.2
  expect(ids.next()).toBe('1001-0')
  time = 900
  expect(ids.next()).toBe('1001-1')
})

test('text that is no id is before all', () => {
  expect(compareEventIds('gibberish', '0-0')).toBeLessThan(0)
})
