import { expect, test } from 'vitest'
import { DbsError } from '../errors/dbs-error.js'
import type { ListPage } from '../operations/envelope.js'
import type { DownloadTask } from '../schemas/download-task.js'
import { readEnds } from './ends.js'

/** A list of DBS, and the pages that were asked of it. */
function listOf(ids: readonly string[], { base = 0, cap = 100, total = true } = {}) {
  const asked: number[] = []
  const readPage = async (pageNum: number): Promise<ListPage<DownloadTask>> => {
    asked.push(pageNum)
    if (pageNum < base) throw new DbsError('refused', 'There is no page 0.')
    const items = ids.slice((pageNum - base) * cap, (pageNum - base + 1) * cap)
    return {
      items: items.map((id): DownloadTask => ({ backupSetDownloadTaskId: id, state: 'done' })),
      pageSize: cap,
      ...(total && { totalElements: ids.length }),
    }
  }
  return { asked, readPage }
}
const names = (count: number) => Array.from({ length: count }, (_, at) => `t${at}`)

test('a list of one page is read once', async () => {
  const { asked, readPage } = listOf(names(100))
  expect((await readEnds(readPage, 100)).tasks).toHaveLength(100)
  expect(asked).toEqual([0])
})

test('of a longer list the first and the last page are read', async () => {
  const { asked, readPage } = listOf(names(201))
  const { tasks, pages } = await readEnds(readPage, 100)
  expect({ asked, last: tasks.at(-1)?.backupSetDownloadTaskId, pages }).toEqual({ asked: [0, 2], last: 't200', pages: 3 })
})

test('smaller pages than asked for are counted with', async () => {
  const { asked, readPage } = listOf(names(95), { cap: 30 })
  await readEnds(readPage, 100)
  expect(asked).toEqual([0, 3])
})

test('a service that counts from 1 is read from there', async () => {
  const { asked, readPage } = listOf(names(201), { base: 1 })
  expect((await readEnds(readPage, 100)).tasks.at(-1)?.backupSetDownloadTaskId).toBe('t200')
  expect(asked).toEqual([0, 1, 3])
})

test('a service that says no total is read at its start', async () => {
  const { asked, readPage } = listOf(names(201), { total: false })
  await readEnds(readPage, 100)
  expect(asked).toEqual([0])
})

test.each([
  ['a task more in the middle', [...names(100), 'x', ...names(201).slice(100)]],
  ['a task less at the end', names(200)],
  ['another at the start', ['x', ...names(201).slice(1)]],
  ['an end in another order', [...names(199), 't200', 't199']],
])('%s changes the signature', async (_, ids) => {
  const before = await readEnds(listOf(names(201)).readPage, 100)
  expect((await readEnds(listOf(ids).readPage, 100)).signature).not.toBe(before.signature)
  expect((await readEnds(listOf(names(201)).readPage, 100)).signature).toBe(before.signature)
})
