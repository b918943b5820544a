import { DbsError } from '@backset/core'
import { describe, expect, test } from 'vitest'
import { settled } from '../../test/sleeping-clock.js'
import { forever, openStore, plan, task } from '../../test/store-by-hand.js'

describe('a snapshot store', () => {
  test('readers at the same time share one walk', async () => {
    const { store, walks } = openStore()
    const held = Array.from({ length: 1000 }, () => store.open(plan('dbs1')))
    await settled()
    expect(walks).toHaveLength(1)
    expect(held.map(({ freshness }) => freshness).filter((word) => word === 'miss')).toHaveLength(1)
    walks[0]?.feed.give([task('a'), task('b')], 'end')
    await Promise.all(held.map(({ snapshot }) => snapshot.whenWhole(forever)))
    expect(held[999]?.snapshot.rows).toHaveLength(2)
  })

  test('a plan with and without its prefix is one source', async () => {
    const { store, walks } = openStore()
    using one = store.open(plan('dbs1abc'))
    using other = store.open(plan('1abc'))
    await settled()
    expect(walks).toHaveLength(1)
    expect(other.snapshot).toBe(one.snapshot)
  })

  test('one reader that leaves does not stop the walk', async () => {
    const { store, walks } = openStore()
    const one = store.open(plan('dbs1'))
    using other = store.open(plan('dbs1'))
    await settled()
    one[Symbol.dispose]()
    one[Symbol.dispose]()
    expect(walks[0]?.signal.aborted).toBe(false)
    expect(other.snapshot.isAbandoned).toBe(false)
  })

  test('the last reader that leaves ends the walk, and the next begins anew', async () => {
    const { store, walks } = openStore()
    const held = [store.open(plan('dbs1')), store.open(plan('dbs1'))]
    await settled()
    for (const one of held) one[Symbol.dispose]()
    expect(walks[0]?.signal.aborted).toBe(true)
    using next = store.open(plan('dbs1'))
    expect(next.freshness).toBe('miss')
    await settled()
    expect(store.size).toEqual({ snapshots: 1, rows: 0 })
  })

  test('a snapshot answers while it is fresh, then a new walk does', async () => {
    const { store, walks, pass } = openStore({ maxAgeMs: 5000 })
    using first = store.open(plan('dbs1'))
    await settled()
    walks[0]?.feed.give([task('a')], 'end')
    await first.snapshot.whenWhole(forever)
    pass(5000)
    using second = store.open(plan('dbs1'))
    expect(second.freshness).toBe('hit')
    pass(1)
    using third = store.open(plan('dbs1'))
    expect(third.freshness).toBe('miss')
  })

  test('rows are followed as they come, by a late reader too', async () => {
    const { store, walks } = openStore()
    using held = store.open(plan('dbs1'))
    await settled()
    walks[0]?.feed.give([task('a')])
    await settled()
    using late = store.open(plan('dbs1'))
    const seen: string[] = []
    const reading = (async () => {
      for await (const rows of late.snapshot.follow(forever))
        seen.push(...rows.map(({ backupSetDownloadTaskId }) => backupSetDownloadTaskId))
    })()
    await settled()
    expect(seen).toEqual(['a'])
    walks[0]?.feed.give([task('b')], 'end')
    await reading
    expect(seen).toEqual(['a', 'b'])
    expect(held.snapshot.proof).toEqual({ verdict: 'sealed' })
  })

  test('a walk that breaks fails its followers after the rows that came', async () => {
    const { store, walks } = openStore()
    using held = store.open(plan('dbs1'))
    await settled()
    walks[0]?.feed.give([task('a')], new DbsError('throttled', 'Slow down.'))
    const rows: unknown[] = []
    await expect(
      (async () => {
        for await (const batch of held.snapshot.follow(forever)) rows.push(...batch)
      })(),
    ).rejects.toMatchObject({ code: 'throttled' })
    expect(rows).toHaveLength(1)
    await expect(held.snapshot.whenWhole(forever)).rejects.toMatchObject({ code: 'throttled' })
    expect(store.openStale(plan('dbs1'))).toBeUndefined()
  })

  test('what is whole answers stale for a while after DBS fails', async () => {
    const { store, walks, pass } = openStore()
    using first = store.open(plan('dbs1'))
    await settled()
    walks[0]?.feed.give([task('a')], 'end')
    await first.snapshot.whenWhole(forever)
    pass(60_000)
    using stale = store.openStale(plan('dbs1'))
    expect(stale).toMatchObject({ freshness: 'stale', snapshot: first.snapshot })
    pass(1)
    expect(store.openStale(plan('dbs1'))).toBeUndefined()
  })

  test('equal lists have one version, which the newest answers for', async () => {
    const { store, walks, pass } = openStore()
    const versions: string[] = []
    for (const ids of [
      ['a', 'b'],
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      using held = store.open(plan('dbs1'))
      await settled()
      walks.at(-1)?.feed.give(ids.map(task), 'end')
      await held.snapshot.whenWhole(forever)
      versions.push(held.snapshot.version)
      pass(6000)
    }
    expect(versions[0]).toBe(versions[1])
    expect(versions[2]).not.toBe(versions[0])
    expect(store.size).toEqual({ snapshots: 2, rows: 4 })
    expect(store.openVersion(versions[0] ?? '')?.snapshot.ageMs).toBe(12_000)
  })

  test('the least recently read give way when room is needed', async () => {
    const { store, walks } = openStore({ maxRows: 4 })
    const versions: string[] = []
    const read = async (id: string, rows: number) => {
      using held = store.open(plan(id))
      await settled()
      const feed = walks.at(-1)?.feed
      feed?.give(
        Array.from({ length: rows }, (_, at) => task(`${id}-${at}`)),
        'end',
      )
      await held.snapshot.whenWhole(forever)
      versions.push(held.snapshot.version)
    }
    await read('one', 2)
    await read('two', 2)
    store.openVersion(versions[0] ?? '')?.[Symbol.dispose]()
    await read('three', 2)
    expect(versions.map((version) => store.openVersion(version) !== undefined)).toEqual([true, false, true])
  })

  test('a list that cannot fit is refused at its first page, and nothing gives way', async () => {
    const { store, walks } = openStore({ maxRows: 4 })
    using kept = store.open(plan('small'))
    await settled()
    walks[0]?.feed.give([task('a')], 'end')
    await kept.snapshot.whenWhole(forever)
    using held = store.open(plan('large'))
    await settled()
    walks[1]?.feed.give([task('b'), task('c'), task('d'), task('e'), task('f')])
    await expect(held.snapshot.whenWhole(forever)).rejects.toMatchObject({ code: 'list-too-large', rows: 5 })
    expect(store.size).toEqual({ snapshots: 1, rows: 1 })
  })

  test('an expired source is read anew, young or under way', async () => {
    const { store, walks } = openStore()
    using underWay = store.open(plan('dbs1'))
    await settled()
    store.expire(plan('dbs1'))
    using after = store.open(plan('dbs1'))
    expect(after.freshness).toBe('miss')
    await settled()
    walks[1]?.feed.give([task('a'), task('new')], 'end')
    await after.snapshot.whenWhole(forever)
    walks[0]?.feed.give([task('a')], 'end')
    await underWay.snapshot.whenWhole(forever)
    using fresh = store.open(plan('dbs1'))
    expect(fresh).toMatchObject({ freshness: 'hit', snapshot: after.snapshot })
    store.expire(plan('dbs1'))
    using anew = store.open(plan('dbs1'))
    expect(anew.freshness).toBe('miss')
  })

  test('a reader that stops waiting is told so, and the others wait on', async () => {
    const { store, walks } = openStore()
    using held = store.open(plan('dbs1'))
    using other = store.open(plan('dbs1'))
    const leave = new AbortController()
    const waiting = held.snapshot.whenWhole(leave.signal)
    leave.abort()
    await expect(waiting).rejects.toMatchObject({ code: 'aborted' })
    walks[0]?.feed.give('end')
    await other.snapshot.whenWhole(forever)
  })
})
