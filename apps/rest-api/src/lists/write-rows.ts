import type { DownloadTask, Proof } from '@backset/core'
import { exactJson, openFormat, rowView, taskRows, type Batches } from '@backset/formats'
import type { Source } from '../snapshots/source.js'
import type { Writing } from './question.js'

/** Rows as text, in a format that can be a stream. */
export async function textOf(
  rows: Batches,
  { format, columns, formulas, timeZone }: Writing,
): Promise<AsyncGenerator<string, void, undefined>> {
  const render = await openFormat(format, { kind: taskRows, columns, formulas, timeZone })
  return render(rows)
}

export interface JsonPage {
  readonly rows: readonly DownloadTask[]
  readonly limit: number
  readonly nextCursor: string | null
  readonly proof: Proof
}

export function jsonOf({ rows, limit, nextCursor, proof }: JsonPage, columns: readonly string[] | undefined): string {
  return exactJson({ items: rows.map(rowView({ kind: taskRows, columns })), page: { limit, nextCursor }, proof })
}

/** What a browser names the file; ids come from the network. */
export function dispositionOf({ backupPlanId, backupSetDownloadTaskId }: Source, { format }: Writing): Record<string, string> {
  if (format !== 'csv') return {}
  const id = (backupSetDownloadTaskId ?? backupPlanId ?? '').replaceAll(/[^\w.-]/g, '_').slice(0, 64)
  return { 'content-disposition': `attachment; filename="download-tasks-${id}.csv"` }
}

/** JSON that a header line can hold. */
export const headerJson = (value: unknown): string =>
  JSON.stringify(value).replaceAll(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
