import { DbsError, NotFoundError, type DownloadTask, type Listing } from '@backset/core'
import { expect, test } from 'vitest'
import { settled } from '../../test/sleeping-clock.js'
import { SnapshotStore } from '../snapshots/store.js'
import { sightOf } from './sight.js'

const plan = { region: 'cn-hangzhou', backupPlanId: 'dbs1' }
const one = { region: 'cn-hangzhou', backupSetDownloadTaskId: 'a' }
const forever = new AbortController().signal

/** A store whose walks end by hand; each shows one task that bears the walk's number. */
function openStore(verdict = 'sealed') {
  const walks: { readonly end: (error?: Error) => void }[] = []
  const store = new SnapshotStore({
    list: () => {
      const number = walks.length + 1
      const ended = new Promise<void>((resolve, reject) => {
        walks.push({ end: (error) => (error === undefined ? resolve() : reject(error)) })
      })
      return {
        proof: { verdict },
        async *pages() {
          await ended
          yield { pageNum: 0, items: [{ backupSetDownloadTaskId: `walk${number}`, state: 'done' } satisfies DownloadTask] }
        },
      } as unknown as Listing<DownloadTask>
    },
    maxAgeMs: 60_000,
    staleIfErrorMs: 60_000,
    clock: { now: () => 0, monotonic: () => 0 },
  })
  return { walks, store }
}
const upstream = { clientFor: () => ({}) as never }
const idsOf = ({ tasks }: { readonly tasks: readonly DownloadTask[] }) => tasks.map(({ backupSetDownloadTaskId: id }) => id)

test('a whole look is walked anew however young the last is', async () => {
  const { walks, store } = openStore()
  const sight = sightOf(plan, { upstream, store, pageSize: 100 })
  for (const number of [1, 2]) {
    const looking = sight.whole(forever)
    await settled()
    walks[number - 1]?.end()
    expect(idsOf(await looking)).toEqual([`walk${number}`])
  }
})

test('a walk that others began earlier is waited for, not believed', async () => {
  const { walks, store } = openStore()
  using others = store.open(plan)
  await settled()
  const looking = sightOf(plan, { upstream, store, pageSize: 100 }).whole(forever)
  await settled()
  expect(walks).toHaveLength(1)
  walks[0]?.end(new DbsError('throttled', 'Slow down.'))
  await settled()
  walks[1]?.end()
  expect(idsOf(await looking)).toEqual(['walk2'])
  expect(others.freshness).toBe('miss')
})

test('whoever reads the list meanwhile shares the look', async () => {
  const { walks, store } = openStore()
  const looking = sightOf(plan, { upstream, store, pageSize: 100 }).whole(forever)
  await settled()
  using reader = store.open(plan)
  walks[0]?.end()
  await looking
  expect(reader.freshness).toBe('collapsed')
  using later = store.open(plan)
  expect(later.freshness).toBe('hit')
})

test.each([
  ['sealed', true],
  ['settled', true],
  ['twice', true],
  ['moving', false],
  ['short', false],
])('a walk that ends %s is proved: %s', async (verdict, isProved) => {
  const { walks, store } = openStore(verdict)
  const looking = sightOf(plan, { upstream, store, pageSize: 100 }).whole(forever)
  await settled()
  walks[0]?.end()
  expect((await looking).isProved).toBe(isProved)
})

test('a task that is not found is proved to be missing', async () => {
  const { walks, store } = openStore()
  const looking = sightOf(one, { upstream, store, pageSize: 100 }).whole(forever)
  await settled()
  walks[0]?.end(new NotFoundError('There is no such task.'))
  expect(await looking).toEqual({ tasks: [], isProved: true })
})

test('a plan that is not found is a failed look', async () => {
  const { walks, store } = openStore()
  const looking = sightOf(plan, { upstream, store, pageSize: 100 }).whole(forever)
  await settled()
  walks[0]?.end(new NotFoundError('There is no such plan.'))
  await expect(looking).rejects.toMatchObject({ code: 'not-found' })
})
