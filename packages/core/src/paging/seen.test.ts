import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Seen } from './seen.js'

test('an id is new once, then repeated', () => {
  const seen = new Seen('key')
  expect([seen.meet('a', 1), seen.meet('a', 1), seen.meet('b', 1)]).toEqual(['new', 'repeated', 'new'])
})

test('a later walk knows ids of earlier walks', () => {
  const seen = new Seen('key')
  seen.meet('a', 1)
  expect([seen.meet('a', 2), seen.meet('a', 2), seen.meet('a', 4), seen.meet('b', 4), seen.meet('b', 4)]).toEqual([
    'known',
    'repeated',
    'known',
    'new',
    'repeated',
  ])
})

test('it agrees with a Map whatever comes', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.string({ maxLength: 2 }), { maxLength: 300 }), { maxLength: 4 }), (walks) => {
      const seen = new Seen('key')
      const model = new Map<string, number>()
      for (const [at, ids] of walks.entries())
        for (const id of ids) {
          const last = model.get(id)
          expect(seen.meet(id, at + 1)).toBe(last === undefined ? 'new' : last === at + 1 ? 'repeated' : 'known')
          model.set(id, at + 1)
        }
      expect(seen.size).toBe(model.size)
    }),
  )
})

test('200,000 ids take less than 28 bytes each', () => {
  const seen = new Seen('key')
  let largest = 0
  for (let id = 1; id <= 200_000; id++) {
    seen.meet(`urx${id}`, 1)
    if (id >= 20_000 && id % 997 === 0) largest = Math.max(largest, seen.bytes / id)
  }
  expect(seen.size).toBe(200_000)
  expect(largest).toBeLessThan(28)
})
