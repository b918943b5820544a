import { DbsError } from '../errors/dbs-error.js'
import type { ListPage } from '../operations/envelope.js'
import type { DownloadTask } from '../schemas/download-task.js'

/** Asks for one page of a list, by its number. */
export type ReadPage = (pageNum: number) => Promise<ListPage<DownloadTask>>

/** Both ends of a list at one moment. */
export interface Ends {
  /** Equal while no end moved and no count changed. */
  readonly signature: string
  readonly tasks: readonly DownloadTask[]
  /** Pages the list has, as far as the service says. */
  readonly pages: number
}

/**
 * Reads the first and the last page of a list: a task that is made or deleted changes the total, or what stands at an end. Where the service says no total
 * the first page alone stands for the list.
 * @param askedSize rows a page, as asked; the service may give fewer
 */
export async function readEnds(readPage: ReadPage, askedSize: number): Promise<Ends> {
  const { first, base } = await firstPage(readPage)
  const size = first.pageSize !== undefined && first.pageSize > 0 && first.pageSize < askedSize ? first.pageSize : askedSize
  const pages = Math.max(1, Math.ceil((first.totalElements ?? 0) / size))
  const ends = pages === 1 ? [first] : [first, await readPage(base + pages - 1)]
  return {
    signature: JSON.stringify(
      ends.map(({ totalElements, items }) => [totalElements, ...items.map((task) => task.backupSetDownloadTaskId)]),
    ),
    tasks: ends.flatMap(({ items }) => items),
    pages,
  }
}

/** Page 0, or 1 where the service refuses 0 or shows nothing there although it has rows; no source says from where this list counts. */
async function firstPage(readPage: ReadPage): Promise<{ readonly first: ListPage<DownloadTask>; readonly base: 0 | 1 }> {
  try {
    const first = await readPage(0)
    if (first.items.length > 0 || (first.totalElements ?? 0) === 0) return { first, base: 0 }
  } catch (error) {
    if (!(error instanceof DbsError) || error.code !== 'refused' || error.retryable) throw error
  }
  return { first: await readPage(1), base: 1 }
}
