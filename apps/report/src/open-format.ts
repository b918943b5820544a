import type { DownloadTask } from '@backset/core'
import { columnsNamed, openFormat, taskRows, type Batches, type RowKind } from '@backset/formats'
import { changeRows } from './change-rows.js'
import type { Report } from './config/report.js'
import type { PageFacts } from './page.js'

/** A report's format: tasks in, text out. */
export interface ReportFormat {
  readonly render: (rows: Batches<DownloadTask>, facts: PageFacts) => AsyncIterable<string>
  /** Names of the columns; undefined where each row has its own fields. */
  readonly columns: readonly string[] | undefined
}

interface FormatChoice {
  /** Whether rows say what happened to them; the first run of `onlyChanges` has nothing to say. */
  readonly hasChanges: boolean
  /** The format of the file beside a page. @default false */
  readonly asCsv?: boolean
}

/** The format of a report. */
export async function openReportFormat(report: Report, { asCsv = false, hasChanges }: FormatChoice): Promise<ReportFormat> {
  const { links, formulas, excel, columns } = report
  const format = asCsv ? 'csv' : report.format
  if (format === 'html') {
    const { page } = await import('./html/page.js')
    return { render: page, columns: undefined }
  }
  const kind = kindOf(report, hasChanges)
  const named = columns && columnsOf(columns, hasChanges)
  const chosen = named ?? (format === 'csv' ? kind.machine : undefined)
  const render = await openFormat(format, { kind, columns: chosen, links, formulas, excel })
  return { render: (rows) => render(rows), columns: chosen && columnsNamed(kind, chosen).map(({ name }) => name) }
}

/** Rows that say what happened have the column for it, first where it was not given a place; the others cannot. */
function columnsOf(chosen: readonly string[], hasChanges: boolean): readonly string[] {
  const others = chosen.filter((name) => name.trim().toLowerCase() !== 'change')
  if (!hasChanges) return others
  return others.length < chosen.length ? chosen : ['change', ...chosen]
}

/** Rows of several regions or profiles say which one they are of, since ids are unique within one alone. */
function kindOf({ regions, profiles }: Report, hasChanges: boolean): RowKind {
  const kind = hasChanges ? changeRows : taskRows
  const tags = [...(regions.length > 1 ? ['region'] : []), ...(profiles.length > 1 ? ['profile'] : [])]
  return tags.length === 0 ? kind : { ...kind, machine: [...kind.machine, ...tags] }
}
