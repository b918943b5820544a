import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AbortedError } from '../errors/aborted-error.js'
import { Slots } from './slots.js'

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('who comes first is served first', async () => {
  const slots = new Slots(1)
  const free = await slots.take()
  const served: string[] = []
  const others = ['one', 'two', 'three'].map(async (name) => {
    const done = await slots.take()
    served.push(name)
    done()
  })
  await settle()
  expect(served).toEqual([])
  free()
  await Promise.all(others)
  expect(served).toEqual(['one', 'two', 'three'])
})

test('who leaves the queue takes no slot', async () => {
  const slots = new Slots(1)
  const free = await slots.take()
  const leaver = new AbortController()
  const left = slots.take(leaver.signal)
  const next = slots.take()
  leaver.abort()
  await expect(left).rejects.toBeInstanceOf(AbortedError)
  free()
  const done = await next
  done()
  expect(await slots.take()).toBeTypeOf('function')
})

test('who is aborted already takes no slot', async () => {
  const slots = new Slots(1)
  await expect(slots.take(AbortSignal.abort())).rejects.toBeInstanceOf(AbortedError)
  expect(await slots.take()).toBeTypeOf('function')
})

test('a slot given back twice is one slot', async () => {
  const slots = new Slots(1)
  const free = await slots.take()
  free()
  free()
  await slots.take()
  let second = false
  void slots.take().then(() => (second = true))
  await settle()
  expect(second).toBe(false)
})

test('never are more taken than there are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.record({ rounds: fc.nat(3), leaves: fc.boolean() }), { maxLength: 30 }),
      async (count, users) => {
        const slots = new Slots(count)
        let [taken, most] = [0, 0]
        const leaver = new AbortController()
        const work = users.map(async ({ rounds, leaves }) => {
          const free = await slots.take(leaves ? leaver.signal : undefined).catch(() => undefined)
          if (free === undefined) return
          most = Math.max(most, ++taken)
          for (let round = 0; round < rounds; round++) await settle()
          taken--
          free()
        })
        await settle()
        leaver.abort()
        await Promise.all(work)
        expect(most).toBeLessThanOrEqual(count)
        expect(await Promise.all(Array.from({ length: count }, () => slots.take()))).toHaveLength(count)
      },
    ),
    { numRuns: 30 },
  )
})
