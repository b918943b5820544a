import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Ids, maxPlans, maxTasks, type Kind } from './ids.js'

const meaning = fc.record({
  kind: fc.constantFrom<Kind>('plan', 'task', 'full-set', 'increment-job', 'created-task', 'gateway'),
  plan: fc.integer({ min: 0, max: maxPlans - 1 }),
  index: fc.integer({ min: 0, max: maxTasks - 1 }),
})

test('an id gives back what it stands for', () => {
  fc.assert(
    fc.property(fc.nat(), meaning, (seed, one) => {
      expect(new Ids(seed).read(new Ids(seed).write(one))).toEqual(one)
    }),
  )
})

test('what was never written means nothing', () => {
  expect(new Ids(1).read('zzzzzzzz')).toBeUndefined()
  expect(new Ids(1).read('UPPER123')).toBeUndefined()
  expect(new Ids(1).read('')).toBeUndefined()
})
