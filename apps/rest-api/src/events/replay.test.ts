import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ReplayRing } from './replay.js'

/** A ring of `size` after `count` items, the first of which is 1; 0 is its beginning. */
function ringAfter(count: number, size: number): ReplayRing<{ readonly id: string }> {
  const ring = new ReplayRing<{ readonly id: string }>('0', size)
  for (let at = 1; at <= count; at++) ring.add({ id: String(at) })
  return ring
}

test('a replay has no gap and no repeat', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 45 }), (size, count, asked) => {
      const replayed = ringAfter(count, size).after(String(asked))
      const isKept = asked <= count && asked >= Math.max(0, count - size)
      expect(replayed?.map(({ id }) => Number(id))).toEqual(
        isKept ? Array.from({ length: count - asked }, (_, at) => asked + 1 + at) : undefined,
      )
    }),
  )
})

test('the newest id is that of the beginning at first', () => {
  expect([0, 1, 3, 4, 9].map((count) => ringAfter(count, 3).latestId)).toEqual(['0', '1', '3', '4', '9'])
})

test('an id that was never given out is unknown', () => {
  expect(ringAfter(5, 3).after('4-0')).toBeUndefined()
  expect(ringAfter(0, 3).after('')).toBeUndefined()
})
