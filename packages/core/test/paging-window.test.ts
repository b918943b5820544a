import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { abortErrorOf, DbsError, type FetchPage, type Page } from '../src/index.js'
import { listingOf, readAll, type Row } from './paging-model.js'

const pageSize = 2

/** A service whose answers wait until a test gives them. */
function heldService(pages: number) {
  const asked: number[] = []
  const aborted: number[] = []
  const waiting = new Map<number, (page: Page<Row> | Error) => void>()
  const fetchPage: FetchPage<Row> = (pageNum, signal) => {
    asked.push(pageNum)
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        if (waiting.delete(pageNum)) aborted.push(pageNum)
        reject(abortErrorOf(signal))
      }
      signal.addEventListener('abort', leave, { once: true })
      waiting.set(pageNum, (page) => {
        signal.removeEventListener('abort', leave)
        if (page instanceof Error) reject(page)
        else resolve(page)
      })
    })
  }
  const pageOf = (pageNum: number): Page<Row> => ({
    items: pageNum < pages ? [{ id: `${pageNum}a` }, { id: `${pageNum}b` }] : [],
    pageNum,
    pageSize,
    totalElements: pages * pageSize,
    totalPages: pages,
    requestId: undefined,
    attempts: 1,
  })
  return {
    asked,
    aborted,
    fetchPage,
    async answer(pageNum: number, error?: Error): Promise<void> {
      const give = waiting.get(pageNum)
      waiting.delete(pageNum)
      give?.(error ?? pageOf(pageNum))
      await setImmediate()
    },
    async answerAll(): Promise<void> {
      while (waiting.size > 0) for (const pageNum of waiting.keys()) await this.answer(pageNum)
    },
  }
}

test('the window starts at 4 and grows to its limit', async () => {
  const service = heldService(30)
  const pages = listingOf(service.fetchPage, pageSize, { lookahead: 9 }).pages()
  const inFlight: number[] = []
  let next = pages.next()
  for (let pageNum = 0; pageNum < 8; pageNum++) {
    await setImmediate()
    inFlight.push(service.asked.length - pageNum)
    await service.answer(pageNum)
    await next
    next = pages.next()
  }
  expect(inFlight).toEqual([1, 4, 6, 8, 9, 9, 9, 9])
  await service.answerAll()
  await pages.return()
})

test('nothing is asked while the reader stands still', async () => {
  const service = heldService(30)
  const pages = listingOf(service.fetchPage, pageSize).pages()
  const first = pages.next()
  await service.answerAll()
  await first
  expect(service.asked).toEqual([0])
  const second = pages.next()
  await setImmediate()
  await service.answerAll()
  await second
  for (let turn = 0; turn < 50; turn++) await setImmediate()
  expect(service.asked).toEqual([0, 1, 2, 3, 4])
})

test('pages come in order however they are answered', async () => {
  const service = heldService(4)
  const reading = readAll(listingOf(service.fetchPage, pageSize))
  await service.answer(0)
  for (const pageNum of [3, 2, 1]) await service.answer(pageNum)
  await service.answerAll()
  expect(await reading).toEqual({ ids: ['0a', '0b', '1a', '1b', '2a', '2b', '3a', '3b'] })
})

test('a failure comes in its turn, with the cursor', async () => {
  const service = heldService(9)
  const listing = listingOf(service.fetchPage, pageSize)
  const reading = readAll(listing)
  await service.answer(0)
  await service.answer(3, new DbsError('refused', 'No page 3.'))
  await service.answer(2)
  await service.answer(1)
  const { ids, error } = await reading
  expect(ids).toEqual(['0a', '0b', '1a', '1b', '2a', '2b'])
  expect(error).toMatchObject({ message: 'No page 3.', cursor: expect.any(String) })
  expect(listing.proof).toMatchObject({ verdict: 'partial', rows: 6, matched: 6 })
  expect(service.aborted).toEqual([4, 5, 6, 7, 8])
})

test('leaving the loop cancels what is in flight', async () => {
  const service = heldService(9)
  const listing = listingOf(service.fetchPage, pageSize)
  const reading = (async () => {
    for await (const { id } of listing) if (id === '1a') break
  })()
  await service.answer(0)
  await service.answer(1)
  await reading
  expect(service.aborted).toEqual([2, 3, 4])
  expect(listing.proof).toMatchObject({ verdict: 'partial', matched: 3, rows: 4 })
})

test('a limit counts matching rows, then cancels', async () => {
  const service = heldService(9)
  const listing = listingOf(service.fetchPage, pageSize, { limit: 2, filter: ({ id }) => id.endsWith('b') })
  const ids: string[] = []
  const reading = (async () => {
    for await (const { id } of listing) {
      ids.push(id)
      if (ids.length === 2) expect(service.aborted).toEqual([2, 3, 4]) // before the reader asks again
    }
  })()
  await service.answer(0)
  await service.answer(1)
  await reading
  expect(ids).toEqual(['0b', '1b'])
  expect(listing.proof).toMatchObject({ verdict: 'partial', matched: 2 })
})

test('a limit of 0 asks nothing', async () => {
  const service = heldService(9)
  const listing = listingOf(service.fetchPage, pageSize, { limit: 0 })
  expect(await readAll(listing)).toEqual({ ids: [] })
  expect(service.asked).toEqual([])
})

test('an aborted signal ends the listing', async () => {
  const service = heldService(9)
  const stop = new AbortController()
  const reading = readAll(listingOf(service.fetchPage, pageSize, { signal: stop.signal }))
  await service.answer(0)
  stop.abort()
  expect(await reading).toMatchObject({ ids: ['0a', '0b'], error: { code: 'aborted' } })
  expect(service.aborted).toEqual([1, 2, 3, 4])
  expect(await readAll(listingOf(service.fetchPage, pageSize, { signal: stop.signal }))).toMatchObject({ error: { code: 'aborted' } })
})

test('an end that fails to seal leaves nothing in flight', async () => {
  const service = heldService(2)
  const reading = readAll(listingOf(service.fetchPage, pageSize))
  await service.answer(0)
  await service.answer(1)
  await service.answer(0, new DbsError('refused', 'No.'))
  expect(await reading).toMatchObject({ error: { code: 'refused', cursor: expect.any(String) } })
  expect(service.aborted).toEqual([1])
})

test('a page that failed in passing is asked again', async () => {
  const service = heldService(2)
  const reading = readAll(listingOf(service.fetchPage, pageSize))
  await service.answer(0)
  await service.answer(1, new DbsError('service-unavailable', 'Not now.', { retryable: true }))
  await service.answer(1)
  await service.answerAll()
  expect(await reading).toEqual({ ids: ['0a', '0b', '1a', '1b'] })
})

test('a listing is read once', async () => {
  const listing = listingOf(heldService(0).fetchPage, pageSize, { limit: 0 })
  await readAll(listing)
  expect(await readAll(listing)).toMatchObject({ error: { code: 'already-read' } })
  await expect(listing.pages().next()).rejects.toMatchObject({ code: 'already-read' })
})

test.each([{ lookahead: 0 }, { lookahead: 1.5 }, { limit: -1 }, { limit: NaN }])('%j is refused at once', (options) => {
  expect(() => listingOf(heldService(1).fetchPage, pageSize, options)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
})
