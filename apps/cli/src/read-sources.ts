import { joinListings, type DownloadTask, type ListOptions, type Proof } from '@backset/core'
import type { Batches } from '@backset/formats'
import type { Source } from './sources.js'

export interface ReadOptions extends ListOptions<DownloadTask> {
  readonly pageSize: 30 | 50 | 100
  /** Called when a list has ended, well or not. */
  readonly onProof: (proof: Proof, source: Source) => Promise<void>
  /** Called after each page with the rows that came so far. */
  readonly onPage: (rows: number) => Promise<void>
}

/** The tasks of all sources, one after another, page by page; a limit holds over all of them. */
export async function* readSources(
  sources: readonly Source[],
  { pageSize, onProof, onPage, limit, ...options }: ReadOptions,
): Batches<DownloadTask> {
  const open = ({ client, backupPlanId, backupSetDownloadTaskId }: Source, left: number | undefined) =>
    client.listDownloadTasks({ backupPlanId, backupSetDownloadTaskId, pageSize }, { ...options, limit: left })
  let rows = 0
  for await (const { source, items } of joinListings(sources, { open, limit, onProof })) {
    const { region } = source
    rows += items.length
    await onPage(rows)
    yield region === undefined ? items : items.map((task) => ({ ...task, region }))
  }
}
