import { DbsError, NotFoundError, type DownloadTask } from '@backset/core'
import type { Batches } from '@backset/formats'
import type { Report } from './config/report.js'
import type { SourceReading } from './manifest.js'
import { plansNotThere } from './plans-not-there.js'
import type { Source, Sources } from './sources.js'

export interface ReadOptions {
  readonly report: Report
  readonly signal: AbortSignal
  /** Told of each list when it has ended, well or not. */
  readonly onReading: (reading: SourceReading) => void
}

/** Tasks of one list. */
export interface SourceBatch {
  readonly source: Source
  readonly tasks: readonly DownloadTask[]
}

/**
 * Every task of all lists, one list after another, page by page.
 * @throws DbsError for a list that cannot be read or proved; with `allowIncomplete` it is told as a reading instead, unless all fail
 */
export async function* readSources(
  { all }: Sources,
  { report, signal, onReading }: ReadOptions,
): AsyncGenerator<SourceBatch, void, undefined> {
  const { allowIncomplete, plans, settings } = report
  const { pageSize, lookahead, verify } = settings
  const empty: Source[] = []
  let [failures, firstFailure] = [0, undefined as unknown]
  for (const source of all) {
    const { client, plan, region, profile } = source
    const listing = client.listDownloadTasks({ backupPlanId: plan, pageSize }, { lookahead, verify, allowIncomplete, signal })
    let rows = 0
    let error: unknown
    try {
      for await (const { items } of listing.pages()) {
        rows += items.length
        if (items.length > 0) yield { source, tasks: tagged(items, source) }
      }
    } catch (failure) {
      if (!allowIncomplete || signal.aborted) throw failure
      failures++
      error = failure
      firstFailure ??= failure
    }
    if (rows === 0 && error === undefined) empty.push(source)
    onReading({ plan, region, profile, rows, proof: listing.proof, error: error === undefined ? undefined : shownError(error) })
  }
  for (const plan of plans === 'all' ? [] : await plansNotThere(empty, all, signal)) {
    const error = new NotFoundError(`There is no backup plan ${JSON.stringify(plan)}.`, { hint: '`backset plans` lists those there are.' })
    if (!allowIncomplete) throw error
    onReading({ plan, rows: 0, error: shownError(error) })
  }
  if (failures > 0 && failures === all.length) throw firstFailure
}

export const shownError = (error: unknown): { readonly code: string; readonly message: string } => ({
  code: error instanceof DbsError ? error.code : 'internal',
  message: error instanceof Error ? error.message : String(error),
})

function tagged(tasks: readonly DownloadTask[], { region, profile }: Source): readonly DownloadTask[] {
  if (region === undefined && profile === undefined) return tasks
  return tasks.map((task) => ({ ...task, ...(region !== undefined && { region }), ...(profile !== undefined && { profile }) }))
}

/** The tasks that pass, as batches of a format. */
export async function* matching(batches: AsyncIterable<SourceBatch>, test: (task: DownloadTask) => boolean): Batches<DownloadTask> {
  for await (const { tasks } of batches) {
    const passed = tasks.filter(test)
    if (passed.length > 0) yield passed
  }
}
