import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { DbsError, Listing, type FetchPage, type ListOptions } from '../src/index.js'
import { listingOf, ModelService, readAll, type Row } from './paging-model.js'

/** Reads `count` rows, and gives them with the cursor after them. */
async function readSome(listing: Listing<Row>, count: number): Promise<{ ids: string[]; cursor: string }> {
  const ids: string[] = []
  for await (const { id } of listing) {
    ids.push(id)
    if (ids.length === count) break
  }
  return { ids, cursor: listing.cursor ?? '' }
}

const isLast = ({ id }: Row): boolean => id === 'row-8'
const isEven = ({ id }: Row): boolean => Number(id.slice(4)) % 2 === 0

const resume = (service: ModelService, pageSize: number, cursor: string, options: ListOptions<Row> = {}): Listing<Row> =>
  listingOf(service.fetchPage, pageSize, { cursor, ...options })

test('a listing goes on wherever it was left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 2, max: 5 }), fc.nat(29), async (rows, pageSize, left) => {
      const service = new ModelService(rows, pageSize)
      const count = 1 + (left % rows)
      const { ids, cursor } = await readSome(listingOf(service.fetchPage, pageSize), count)
      const rest = resume(service, pageSize, cursor)
      expect([...ids, ...(await readAll(rest)).ids]).toEqual(service.rows)
      expect(rest.proof).toMatchObject({ verdict: 'sealed', rows: rows - count, totalElements: rows, resumedFrom: cursor, tellTales: [] })
    }),
  )
})

test('rows that came before the cursor do not come again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 6, max: 30 }), fc.integer({ min: 2, max: 5 }), fc.nat(29), async (rows, pageSize, left) => {
      const service = new ModelService(rows, pageSize)
      const count = 1 + (left % rows)
      const { ids, cursor } = await readSome(listingOf(service.fetchPage, pageSize), count)
      service.rows.unshift('new-0') // shifts every row by one
      const rest = resume(service, pageSize, cursor)
      expect([...ids, ...(await readAll(rest)).ids]).toEqual(service.rows.slice(1))
      expect(rest.proof).toMatchObject({ verdict: 'settled', tellTales: ['cursor-moved'] })
    }),
  )
})

test('what moves while it goes on does not bring old rows', async () => {
  const service = new ModelService(20, 3, {
    changes: Array.from({ length: 8 }, () => []).concat([[{ kind: 'insert', at: 0, to: 0 }]] as never[]),
  })
  const { ids, cursor } = await readSome(listingOf(service.fetchPage, 3), 8)
  const rest = resume(service, 3, cursor)
  const after = (await readAll(rest)).ids
  expect([...ids, ...after]).toEqual(service.rows.filter((id) => !id.startsWith('new')))
  expect(rest.proof?.verdict).toBe('settled')
})

test('without a match the cursor still goes on', async () => {
  const service = new ModelService(9, 3)
  let asked = 0
  const failing: FetchPage<Row> = async (pageNum, signal) => {
    if (++asked > 2) throw new DbsError('refused', 'No more.')
    return service.fetchPage(pageNum, signal)
  }
  const filter = isLast
  const { error } = await readAll(listingOf(failing, 3, { filter }))
  const rest = resume(service, 3, (error as DbsError).cursor ?? '', { filter })
  expect((await readAll(rest)).ids).toEqual(['row-8'])
  expect(rest.proof).toMatchObject({ verdict: 'sealed', rows: 3, matched: 1 })
})

test('a limit and its cursor page through the list', async () => {
  const service = new ModelService(10, 3)
  const ids: string[] = []
  let cursor: string | undefined
  for (let part = 0; part < 3; part++) {
    const listing = listingOf(service.fetchPage, 3, { limit: 2, filter: isEven, cursor })
    ids.push(...(await readAll(listing)).ids)
    cursor = listing.cursor
  }
  expect(ids).toEqual(['row-0', 'row-2', 'row-4', 'row-6', 'row-8'])
})

test('the cursor of a service that counts from 1 goes on', async () => {
  for (let count = 1; count <= 6; count++) {
    const service = new ModelService(6, 2)
    const fetchPage: FetchPage<Row> = async (pageNum, signal) => ({
      ...(await service.fetchPage(Math.max(0, pageNum - 1), signal)),
      pageNum,
    })
    const { ids, cursor } = await readSome(listingOf(fetchPage, 2), count)
    const rest = listingOf(fetchPage, 2, { cursor })
    expect([...ids, ...(await readAll(rest)).ids]).toEqual(service.rows)
    expect(rest.proof?.verdict).toBe('sealed')
  }
})

test('a row that is gone cannot be gone on from', async () => {
  const service = new ModelService(20, 2)
  const { cursor } = await readSome(listingOf(service.fetchPage, 2), 7)
  service.rows.splice(6, 1)
  expect(await readAll(resume(service, 2, cursor))).toMatchObject({ ids: [], error: { code: 'invalid-cursor' } })
})

test('a cursor that was changed is refused', async () => {
  const service = new ModelService(30, 3)
  const { cursor } = await readSome(listingOf(service.fetchPage, 3), 8)
  const fields = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Record<string, unknown>
  const changed = fc.oneof(
    fc
      .record({ at: fc.nat(cursor.length - 1), by: fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '-', '_', '.', '=', ' ') })
      .map(({ at, by }) => cursor.slice(0, at) + by + cursor.slice(at + 1)),
    fc
      .constantFrom(
        { page: 3 },
        { offset: 1 },
        { base: 1 },
        { total: 31 },
        { size: 30 },
        { v: 2 },
        { more: 1 },
        { page: -1 },
        { page: '2' },
      )
      .map((change) => Buffer.from(JSON.stringify({ ...fields, ...change })).toString('base64url')),
    fc.string(),
  )
  await fc.assert(
    fc.asyncProperty(changed, async (text) => {
      fc.pre(Buffer.from(text, 'base64url').toString() !== Buffer.from(cursor, 'base64url').toString())
      expect(await readAll(resume(service, 3, text))).toMatchObject({ ids: [], error: { code: 'invalid-cursor' } })
    }),
  )
})

test('a cursor of another question sends nothing', async () => {
  const service = new ModelService(9, 3)
  const { cursor } = await readSome(listingOf(service.fetchPage, 3), 2)
  const { requests } = service
  const parts = {
    fetchPage: service.fetchPage,
    idOf: ({ id }: Row) => id,
    pageSize: 3,
    operation: 'List',
    input: { plan: 'dbs1' },
    hashKey: 'key',
  }
  for (const other of [{ input: { plan: 'dbs2' } }, { operation: 'Other' }, { pageSize: 4 }])
    expect(await readAll(new Listing({ ...parts, ...other }, { cursor }))).toMatchObject({ error: { code: 'invalid-cursor' } })
  expect(service.requests).toBe(requests)
  expect(await readAll(new Listing({ ...parts, input: { region: undefined, plan: 'dbs1' } }, { cursor }))).not.toHaveProperty('error')
})

test('a list that is read again has no cursor', async () => {
  const service = new ModelService(6, 2, { changes: [[], [], [{ kind: 'insert', at: 1, to: 0 }]] })
  const listing = listingOf(service.fetchPage, 2, { verify: 'full' })
  let cursor: string | undefined = 'none'
  for await (const { id } of listing) if (id.startsWith('new')) ({ cursor } = listing)
  expect({ cursor, verdict: listing.proof?.verdict }).toEqual({ cursor: undefined, verdict: 'settled' })
})

test('a second walk that fails at once has none either', async () => {
  const service = new ModelService(6, 2)
  const failing: FetchPage<Row> = async (pageNum, signal) => {
    if (service.requests === 3) throw new DbsError('refused', 'No second walk.')
    return service.fetchPage(pageNum, signal)
  }
  const { ids, error } = await readAll(listingOf(failing, 2, { verify: 'full' }))
  expect(ids).toEqual(service.rows)
  expect(error).toMatchObject({ code: 'refused', cursor: undefined })
})
