import { taskStates, type TaskState } from '@backset/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LookIndex } from './look-index.js'

const seen = fc.record({
  key: fc.string({ maxLength: 3 }),
  told: fc.string({ maxLength: 2 }),
  state: fc.constantFrom(...taskStates),
  passed: fc.boolean(),
})

test('an index knows what a map would', () => {
  fc.assert(
    fc.property(fc.array(seen), fc.array(seen), (earlier, later) => {
      const index = new LookIndex()
      const known = new Map<string, { readonly told: string; readonly state: TaskState; readonly passed: boolean }>()
      for (const one of earlier) {
        index.add(one.key, one.told, one)
        known.set(one.key, one)
      }
      for (const [at, { key, told }] of later.entries()) {
        const before = known.get(key)
        const again = later.slice(0, at).some((one) => one.key === key)
        const seenBefore = before && { isSame: before.told === told, state: before.state, passed: before.passed, again }
        expect(index.meet(key, told)).toEqual(seenBefore)
      }
      for (const key of known.keys()) expect(index.wasMet(key)).toBe(later.some((one) => one.key === key))
    }),
  )
})

test('a hundred thousand tasks are told apart', () => {
  const index = new LookIndex()
  for (let n = 0; n < 100_000; n++) index.add(`urx${n}`, `told ${n}`, { state: 'done', passed: n % 2 === 0 })
  for (let n = 0; n < 100_000; n += 7)
    expect(index.meet(`urx${n}`, `told ${n}`)).toEqual({ isSame: true, state: 'done', passed: n % 2 === 0, again: false })
  expect(index.meet('urx100000', '')).toBeUndefined()
  expect(index.size).toBe(100_000)
  expect(index.wasMet('urx7')).toBe(true)
  expect(index.wasMet('urx8')).toBe(false)
})
