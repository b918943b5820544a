import { DbsError } from '@backset/core'
import { describe, expect, test } from 'vitest'
import { settled } from '../../test/sleeping-clock.js'
import { forever, openStore, plan, task } from '../../test/store-by-hand.js'

const throttled = (retryAfterMs?: number): DbsError => Object.assign(new DbsError('throttled', 'Slow down.'), { retryAfterMs })

async function openFailed(failure: Error, { isKnown = true } = {}) {
  const opened = openStore({ maxAgeMs: 0 })
  const { store, walks, pass } = opened
  if (isKnown) {
    using first = store.open(plan('dbs1'))
    await settled()
    walks[0]?.feed.give([task('a')], 'end')
    await first.snapshot.whenWhole(forever)
    pass(1)
  }
  using second = store.openForReader(plan('dbs1'))
  await settled()
  walks.at(-1)?.feed.give(failure)
  await expect(second.snapshot.whenWhole(forever)).rejects.toBe(failure)
  return { ...opened, before: walks.length }
}

describe('a snapshot store after a failure', () => {
  test('what is known answers at once, and nobody asks before the wait is over', async () => {
    const { store, walks, pass, before } = await openFailed(throttled(30_000))
    pass(29_999)
    using stale = store.openForReader(plan('dbs1'))
    expect(stale.freshness).toBe('stale')
    pass(1)
    using probe = store.openForReader(plan('dbs1'))
    expect(probe.freshness).toBe('miss')
    await settled()
    expect(walks).toHaveLength(before + 1)
  })

  test('where nothing is known the failure is told, with what is left of the wait', async () => {
    const { store, pass } = await openFailed(throttled(30_000), { isKnown: false })
    pass(10_000)
    let told: unknown
    try {
      store.openForReader(plan('dbs1'))
    } catch (error) {
      told = error
    }
    expect(told).toMatchObject({ code: 'throttled', message: 'Slow down.', retryAfterMs: 20_000 })
    using other = store.openForReader(plan('dbs2'))
    expect(other.freshness).toBe('miss')
  })

  test('one walk finds out whether it has passed; those who come meanwhile take what is known', async () => {
    const { store, walks, pass, before } = await openFailed(throttled())
    pass(1000)
    using probe = store.openForReader(plan('dbs1'))
    for (let at = 0; at < 100; at++) {
      using other = store.openForReader(plan('dbs1'))
      expect(other.freshness).toBe('stale')
    }
    await settled()
    expect(walks).toHaveLength(before + 1)
    walks.at(-1)?.feed.give([task('a'), task('b')], 'end')
    await probe.snapshot.whenWhole(forever)
    expect(store.openForReader(plan('dbs1')).freshness).toBe('hit')
    pass(1)
    expect(store.openForReader(plan('dbs1')).freshness).toBe('miss')
  })

  test('one that no waiting mends, and one whose readers left, is not remembered', async () => {
    const { store, walks } = await openFailed(new DbsError('refused', 'No.'))
    using anew = store.openForReader(plan('dbs1'))
    expect(anew.freshness).toBe('miss')
    await settled()
    anew[Symbol.dispose]()
    await settled()
    expect(walks.at(-1)?.signal.aborted).toBe(true)
    expect(store.openForReader(plan('dbs1')).freshness).toBe('miss')
  })

  test('a wait of a year ends after five minutes', async () => {
    const { store, pass } = await openFailed(throttled(365 * 86_400_000), { isKnown: false })
    pass(299_999)
    expect(() => store.openForReader(plan('dbs1'))).toThrow('Slow down.')
    pass(1)
    expect(store.openForReader(plan('dbs1')).freshness).toBe('miss')
  })
})
