import { type DownloadTask, type ListOptions, type Proof } from '@backset/core'
import type { Batches } from '@backset/formats'
import type { Source } from './sources.js'

export interface ReadOptions extends ListOptions<DownloadTask> {
  readonly pageSize: 30 | 50 | 100
  /** Called when a list has ended, well or not. */
  readonly onProof: (proof: Proof, source: Source) => Promise<void>
  /** Called after each page with the rows seen so far. */
  readonly onPage: (rows: number, proofSoFar: { readonly total: number | undefined }) => Promise<void>
}

/** The tasks of all sources, one after another, page by page; a limit holds over all of them. */
export async function* readSources(
  sources: readonly Source[],
  { pageSize, onProof, onPage, limit = Infinity, ...options }: ReadOptions,
): Batches<DownloadTask> {
  let left = limit
  let rows = 0
  for (const source of sources) {
    if (left <= 0) return
    const { client, region, backupPlanId, backupSetDownloadTaskId } = source
    const listing = client.listDownloadTasks(
      { backupPlanId, backupSetDownloadTaskId, pageSize },
      { ...options, ...(left !== Infinity && { limit: left }) },
    )
    try {
      for await (const { items } of listing.pages()) {
        left -= items.length
        rows += items.length
        await onPage(rows, { total: listing.proof?.totalElements })
        yield region === undefined ? items : items.map((task) => ({ ...task, region }))
      }
    } finally {
      if (listing.proof !== undefined) await onProof(listing.proof, source)
    }
  }
}
