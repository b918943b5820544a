import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Verdict } from '../src/index.js'
import { listingOf, ModelService, readAll, type Change } from './paging-model.js'

const runs = 3000

const ends = fc.record({ kind: fc.constantFrom('insert' as const, 'remove' as const), at: fc.constantFrom(0, 1), to: fc.constant(0) })
const place = fc.double({ min: 0, max: 1, noNaN: true })
const anywhere = fc.record({ kind: fc.constantFrom('insert' as const, 'remove' as const, 'move' as const), at: place, to: place })

/** Changes after each of the first answers, and none after the tenth. */
function schedule(change: fc.Arbitrary<Change>): fc.Arbitrary<Change[][]> {
  const quiet = fc.constant<Change[]>([])
  const some = fc.array(change, { minLength: 1, maxLength: 3 })
  // One in, one out: the total stays what it was, which is the hardest to see.
  const exchange = fc.tuple(change, change).map(([one, other]): Change[] => [
    { ...one, kind: 'insert' },
    { ...other, kind: 'remove' },
  ])
  const gap = fc.oneof({ weight: 4, arbitrary: quiet }, { weight: 1, arbitrary: some }, { weight: 2, arbitrary: exchange })
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant<Change[][]>([]) },
    { weight: 3, arbitrary: fc.array(gap, { minLength: 1, maxLength: 10 }) },
  )
}

const listing = fc.record({
  rows: fc.integer({ min: 0, max: 24 }),
  pageSize: fc.integer({ min: 2, max: 5 }),
  lookahead: fc.integer({ min: 1, max: 6 }),
  order: fc.array(fc.nat(5), { maxLength: 30 }),
})

/** Reads while the list changes; a claim of completeness must be true. Gives how often each verdict was reached. */
async function claims(change: fc.Arbitrary<Change>, verify: 'ends' | 'full'): Promise<Map<Verdict, number>> {
  const verdicts = new Map<Verdict, number>()
  await fc.assert(
    fc.asyncProperty(listing, schedule(change), async ({ rows, pageSize, lookahead, order }, changes) => {
      const service = new ModelService(rows, pageSize, { changes, order, frontRows: verify === 'ends' ? pageSize : Infinity })
      const list = listingOf(service.fetchPage, pageSize, { lookahead, verify, allowIncomplete: true })
      const { ids, error } = await readAll(list)
      expect(error).toBeUndefined()
      const verdict = list.proof?.verdict ?? 'partial'
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
      expect(new Set(ids).size, 'a row came twice').toBe(ids.length)
      if (!['sealed', 'settled', 'twice'].includes(verdict)) return
      const lost = [...service.lasting].filter((id) => !ids.includes(id))
      expect(lost, `${verdict}, yet rows are lost`).toEqual([])
    }),
    { numRuns: runs },
  )
  return verdicts
}

test('changes at both ends never fool the seal', async () => {
  const verdicts = await claims(ends, 'ends')
  expect(verdicts.get('sealed')).toBeGreaterThan(runs / 5)
  expect(verdicts.get('settled')).toBeGreaterThan(runs / 5)
}, 120_000)

test('changes anywhere never fool two walks', async () => {
  const verdicts = await claims(anywhere, 'full')
  expect(verdicts.get('twice')).toBeGreaterThan(runs / 5)
  expect(verdicts.get('settled')).toBeGreaterThan(runs / 10)
}, 120_000)
