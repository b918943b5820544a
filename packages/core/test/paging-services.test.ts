import { describe, expect, test } from 'vitest'
import { DbsError, type FetchPage, type IncompleteListingError, type ListOptions, type Page, type Verdict } from '../src/index.js'
import { listingOf, readAll, type Row } from './paging-model.js'

const idsOf = (count: number): string[] => Array.from({ length: count }, (_, at) => `row-${at}`)

/** A page as the service shows it; `change` makes it odd. */
const pageOf = (rows: string[], index: number, change: Partial<Page<Row>> = {}): Page<Row> => ({
  items: rows.slice(index * 3, index * 3 + 3).map((id) => ({ id })),
  pageNum: index,
  pageSize: 3,
  totalElements: rows.length,
  totalPages: Math.ceil(rows.length / 3),
  requestId: `req-${index}`,
  attempts: 1,
  ...change,
})

/** A page of two rows, whatever was asked. */
const smallPage = (rows: string[], index: number): Page<Row> =>
  pageOf(rows, index, { items: rows.slice(index * 2, index * 2 + 2).map((id) => ({ id })), pageSize: 2 })

async function read(fetchPage: FetchPage<Row>, options: ListOptions<Row> = {}) {
  const asked: number[] = []
  const listing = listingOf(
    (pageNum, signal) => {
      asked.push(pageNum)
      return fetchPage(pageNum, signal)
    },
    3,
    { allowIncomplete: true, ...options },
  )
  const { ids, error } = await readAll(listing)
  return { ids, error, asked, proof: listing.proof }
}

test('a still list of three pages is sealed', async () => {
  const { ids, asked, proof } = await read(async (pageNum) => pageOf(idsOf(8), pageNum))
  expect(ids).toEqual(idsOf(8))
  expect(asked).toEqual([0, 1, 2, 0, 2])
  expect(proof).toEqual({
    verdict: 'sealed',
    rows: 8,
    matched: 8,
    pages: 3,
    walks: 1,
    totalElements: 8,
    duplicates: 0,
    tellTales: [],
    firstRequestId: 'req-0',
    lastRequestId: 'req-2',
    requests: 5,
  })
})

test.each([0, 1, 3])('a single page of %i rows is sealed by one request', async (count) => {
  const { ids, asked, proof } = await read(async (pageNum) => pageOf(idsOf(count), pageNum))
  expect({ ids, asked, verdict: proof?.verdict }).toEqual({ ids: idsOf(count), asked: [0], verdict: 'sealed' })
})

describe('each tell-tale alone takes the seal away', () => {
  const rows = idsOf(8)
  /** Answers with `change` the first time that page `at` is asked for the `time`-th time. */
  const oddOnce = (at: number, time: number, change: Partial<Page<Row>>): FetchPage<Row> => {
    let asked = 0
    return async (pageNum) => pageOf(rows, pageNum, pageNum === at && ++asked === time ? change : {})
  }
  test.each([
    ['total-changed', 1, 1, { totalElements: 9 }],
    ['page-echo', 1, 1, { pageNum: 2 }],
    ['short-page', 1, 1, { items: [{ id: 'row-3' }, { id: 'row-4' }] }],
    ['short-page', 2, 1, { items: [{ id: 'row-6' }] }],
    ['repeated-id', 1, 1, { items: [{ id: 'row-2' }, { id: 'row-3' }, { id: 'row-4' }] }],
    ['seal-broken', 0, 2, { items: [{ id: 'row-0' }, { id: 'row-2' }, { id: 'row-1' }] }],
    ['seal-broken', 2, 2, { items: [{ id: 'row-6' }, { id: 'row-8' }] }],
    ['seal-broken', 0, 2, { totalElements: 9 }],
  ] as const)('%s on page %i', async (tellTale, at, time, change) => {
    const { ids, proof } = await read(oddOnce(at, time, change))
    expect(proof?.tellTales).toContain(tellTale)
    expect(proof?.verdict).toBe('settled')
    expect(ids.toSorted()).toEqual(rows)
  })
})

describe('a service that counts from 1', () => {
  const refusal = new DbsError('refused', 'PageNum is not valid.')
  const answerZero: Record<string, (rows: string[]) => Page<Row>> = {
    'shows page 1 for page 0': (rows) => pageOf(rows, 0),
    'shows page 1 for page 0 and says so': (rows) => pageOf(rows, 0, { pageNum: 1 }),
    'shows nothing for page 0': (rows) => pageOf(rows, 0, { items: [] }),
    'refuses page 0': () => {
      throw refusal
    },
  }
  describe.each(Object.keys(answerZero))('%s', (way) => {
    test.each([1, 3, 4, 6, 7, 60])('has all %i rows sealed', async (count) => {
      const rows = idsOf(count)
      const { ids, error, proof } = await read(async (pageNum) =>
        pageNum === 0 ? (answerZero[way]?.(rows) ?? pageOf(rows, 0)) : pageOf(rows, pageNum - 1, { pageNum }),
      )
      expect({ ids, error, verdict: proof?.verdict }).toEqual({ ids: rows, error: undefined, verdict: 'sealed' })
    })
  })

  test('a refusal of page 1 too is the first refusal', async () => {
    const { error, asked } = await read(async (pageNum) => {
      throw new DbsError(pageNum === 0 ? 'not-found' : 'refused', 'No.')
    })
    expect(error).toMatchObject({ code: 'not-found' })
    expect(asked).toEqual([0, 1])
  })
})

describe('a total that is not what the list holds', () => {
  const cases: [string, FetchPage<Row>, number, Verdict][] = [
    ['counts rows that are not shown', async (pageNum) => pageOf(idsOf(8), pageNum, { totalElements: 11 }), 8, 'short'],
    ['names 2^31 pages', async (pageNum) => pageOf(idsOf(8), pageNum, { totalElements: 3 * 2 ** 31 }), 8, 'short'],
    ['is too low', async (pageNum) => pageOf(idsOf(20), pageNum, { totalElements: 2 }), 20, 'short'],
    ['is 0', async (pageNum) => pageOf(idsOf(7), pageNum, { totalElements: 0 }), 7, 'short'],
    ['is missing', async (pageNum) => pageOf(idsOf(20), pageNum, { totalElements: undefined }), 20, 'settled'],
    ['is missing for an empty list', async (pageNum) => pageOf([], pageNum, { totalElements: undefined }), 0, 'settled'],
    ['stands beside one page for ever', async () => pageOf(idsOf(3), 0, { totalElements: 999_999 }), 3, 'short'],
    ['is missing beside one page for ever', async () => pageOf(idsOf(3), 0, { totalElements: undefined }), 3, 'short'],
    ['stands beside a page size that is not so', async (pageNum) => pageOf(idsOf(8), pageNum, { pageSize: 1 }), 8, 'sealed'],
    ['is met by pages smaller than asked', async (pageNum) => smallPage(idsOf(7), pageNum), 7, 'sealed'],
  ]

  test.each(cases)('%s', async (_, fetchPage, count, verdict) => {
    const { ids, proof, asked } = await read(fetchPage)
    expect({ ids, verdict: proof?.verdict }).toEqual({ ids: idsOf(count), verdict })
    expect(asked.length).toBeLessThan(50)
  })

  test('without a total pages are asked one by one', async () => {
    let inFlight = 0
    const { asked } = await read(async (pageNum) => {
      expect(++inFlight).toBe(1)
      await Promise.resolve()
      inFlight--
      return pageOf(idsOf(8), pageNum, { totalElements: undefined })
    })
    expect(asked).toEqual([0, 1, 2, 3, 0, 1, 2, 3])
  })

  test('a short list is an error, unless it is allowed', async () => {
    const fetchPage: FetchPage<Row> = async (pageNum) => pageOf(idsOf(8), pageNum, { totalElements: 9 })
    const { ids, error, proof } = await read(fetchPage, { allowIncomplete: false })
    expect(ids).toEqual(idsOf(8))
    expect(error).toMatchObject({ code: 'listing-incomplete', message: expect.stringContaining('8 rows') })
    expect((error as IncompleteListingError).proof).toBe(proof)
  })
})

test('a list that never rests is moving', async () => {
  let made = 0
  const { proof, error } = await read(async (pageNum) => pageOf([`new-${made++}`, ...idsOf(6)], pageNum), { allowIncomplete: false })
  expect(proof).toMatchObject({ verdict: 'moving', walks: 4 })
  expect(error).toMatchObject({ code: 'listing-incomplete', retryable: true })
})
