import { describe, expect, test } from 'vitest'
import { Pages, type KeptPage } from './pages.js'
import type { Snapshot } from './snapshot.js'

const snapshot = () => ({ token: Symbol('test') }) as unknown as Snapshot
const pageOf = (of: Snapshot, facts: Partial<KeptPage> = {}): KeptPage => ({
  body: new Uint8Array(10_000),
  etag: 'W/"a"',
  headers: {},
  token: of.token,
  current: () => of,
  until: 1000,
  ...facts,
})

describe('kept pages', () => {
  test('one is given while its snapshot answers', () => {
    const pages = new Pages(() => 0)
    const [one, other] = [snapshot(), snapshot()]
    let current: Snapshot | undefined = one
    pages.keep('a', pageOf(one, { current: () => current }))
    expect(pages.get('a')?.snapshot).toBe(one)
    current = other
    expect(pages.get('a')).toBeUndefined()
    expect(pages.bytes).toBe(0)
  })

  test('one is given no longer than its cursor is worth it', () => {
    let now = 1000
    const pages = new Pages(() => now)
    pages.keep('a', pageOf(snapshot()))
    expect(pages.get('a')).toBeDefined()
    now++
    expect(pages.get('a')).toBeUndefined()
  })

  test('the least recently given make room', () => {
    const pages = new Pages(() => 0, 50_000)
    for (const key of ['a', 'b', 'c', 'd']) pages.keep(key, pageOf(snapshot()))
    pages.get('a')
    pages.keep('e', pageOf(snapshot()))
    expect(['a', 'b', 'c', 'd', 'e'].filter((key) => pages.get(key) !== undefined)).toEqual(['a', 'c', 'd', 'e'])
    expect(pages.bytes).toBeLessThanOrEqual(50_000)
  })

  test('one that would take most of the room is not kept', () => {
    const pages = new Pages(() => 0, 50_000)
    pages.keep('a', pageOf(snapshot(), { body: new Uint8Array(20_000) }))
    expect({ bytes: pages.bytes, page: pages.get('a') }).toEqual({ bytes: 0, page: undefined })
  })
})
