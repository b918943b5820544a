import { DbsError } from '@backset/core'
import { describe, expect, test } from 'vitest'
import { SharedReads } from './shared-reads.js'

const inTrouble = (retryAfterMs?: number): DbsError => Object.assign(new DbsError('throttled', 'in trouble'), { retryAfterMs })
const forever = new AbortController().signal

/** Reads that are answered by hand. */
function openReads(most?: number) {
  let time = 0
  const asked: { readonly key: string; readonly signal: AbortSignal; readonly answer: (value: string | Error) => void }[] = []
  const reads = new SharedReads<string>({
    read: (key, signal) =>
      new Promise((resolve, reject) => {
        asked.push({ key, signal, answer: (value) => (typeof value === 'string' ? resolve(value) : reject(value)) })
      }),
    maxAgeMs: 5000,
    staleIfErrorMs: 60_000,
    now: () => time,
    most,
  })
  const read = async (key: string, value: string) => {
    const reading = reads.get(key, forever)
    asked.at(-1)?.answer(value)
    return reading
  }
  return { reads, asked, read, pass: (ms: number) => (time += ms) }
}

describe('SharedReads', () => {
  test('those who ask at once share one read', async () => {
    const { reads, asked } = openReads()
    const all = [1, 2, 3].map(() => reads.get('a', forever))
    expect(asked).toHaveLength(1)
    asked[0]?.answer('one')
    expect((await Promise.all(all)).map(({ value, freshness }) => `${value} ${freshness}`)).toEqual([
      'one miss',
      'one collapsed',
      'one collapsed',
    ])
  })

  test('a value is kept as long as it is fresh', async () => {
    const { reads, asked, read, pass } = openReads()
    await read('a', 'one')
    pass(5000)
    expect(await reads.get('a', forever)).toEqual({ value: 'one', freshness: 'hit', ageMs: 5000 })
    pass(1)
    expect(await read('a', 'two')).toEqual({ value: 'two', freshness: 'miss', ageMs: 0 })
    expect(asked).toHaveLength(2)
  })

  test('one who leaves leaves the others waiting', async () => {
    const { reads, asked } = openReads()
    const leave = new AbortController()
    const leaving = reads.get('a', leave.signal)
    const staying = reads.get('a', forever)
    leave.abort()
    await expect(leaving).rejects.toMatchObject({ code: 'aborted' })
    expect(asked[0]?.signal.aborted).toBe(false)
    asked[0]?.answer('one')
    expect(await staying).toMatchObject({ value: 'one' })
  })

  test('when all have left the read ends, and is joined no more', async () => {
    const { reads, asked } = openReads()
    const leave = new AbortController()
    const leaving = reads.get('a', leave.signal)
    leave.abort()
    await expect(leaving).rejects.toMatchObject({ code: 'aborted' })
    expect(asked[0]?.signal.aborted).toBe(true)
    const anew = reads.get('a', forever)
    asked[1]?.answer('two')
    expect(await anew).toMatchObject({ value: 'two', freshness: 'miss' })
  })

  test('an old value answers while reading fails for a while', async () => {
    const { reads, asked, read, pass } = openReads()
    await read('a', 'one')
    pass(60_000)
    const stale = reads.get('a', forever)
    asked.at(-1)?.answer(inTrouble())
    expect(await stale).toEqual({ value: 'one', freshness: 'stale', ageMs: 60_000 })
    pass(1001)
    const other = reads.get('a', forever)
    asked.at(-1)?.answer(new TypeError('not that'))
    await expect(other).rejects.toThrow('not that')
    const late = reads.get('a', forever)
    asked.at(-1)?.answer(inTrouble())
    await expect(late).rejects.toThrow('in trouble')
  })

  test('while it is too early to ask again nobody waits', async () => {
    const { reads, asked, read, pass } = openReads()
    await read('a', 'one')
    pass(5001)
    const stale = reads.get('a', forever)
    asked.at(-1)?.answer(inTrouble(30_000))
    expect(await stale).toMatchObject({ freshness: 'stale' })
    const cold = reads.get('b', forever)
    asked.at(-1)?.answer(inTrouble(30_000))
    await expect(cold).rejects.toThrow('in trouble')
    const before = asked.length
    pass(10_000)
    expect(await reads.get('a', forever)).toMatchObject({ freshness: 'stale', ageMs: 15_001 })
    await expect(reads.get('b', forever)).rejects.toMatchObject({ code: 'throttled', retryAfterMs: 20_000 })
    expect(asked).toHaveLength(before)
  })

  test('when the wait is over one asks, and the others take what is known until it is answered', async () => {
    const { reads, asked, read, pass } = openReads()
    await read('a', 'one')
    pass(5001)
    const first = reads.get('a', forever)
    asked.at(-1)?.answer(inTrouble())
    await first
    pass(1001)
    const probe = reads.get('a', forever)
    expect(await reads.get('a', forever)).toMatchObject({ value: 'one', freshness: 'stale' })
    expect(asked).toHaveLength(3)
    asked.at(-1)?.answer('two')
    expect(await probe).toMatchObject({ value: 'two', freshness: 'miss' })
    expect(await reads.get('a', forever)).toMatchObject({ value: 'two', freshness: 'hit' })
  })

  test('what was read first goes when there are too many', async () => {
    const { reads, asked, read } = openReads(2)
    for (const key of ['a', 'b', 'c']) await read(key, key)
    await reads.get('c', forever)
    await reads.get('b', forever)
    expect(asked).toHaveLength(3)
    expect(await read('a', 'again')).toMatchObject({ freshness: 'miss' })
  })
})
