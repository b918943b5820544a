import { DownloadTask, InputError, stateOf } from '@backset/core'
import type { ExportedRow } from './exported-rows.js'

/**
 * A task as an export holds it; an export of some columns has only these. Fields that no task has are passed over.
 * @throws InputError that says where it stands and what is wrong with it
 */
export function savedTask({ value, place }: ExportedRow): DownloadTask {
  const row = typeof value === 'object' && value !== null ? value : {}
  const status =
    'backupSetDownloadStatus' in row && typeof row.backupSetDownloadStatus === 'string' ? row.backupSetDownloadStatus : undefined
  const read = DownloadTask.safeParse({ state: stateOf(status), ...row })
  if (read.success) return read.data
  const [fault] = read.error.issues
  throw new InputError(`The export holds no download task at ${place}: ${fault?.path.join('.') ?? ''}: ${fault?.message ?? ''}.`, {
    field: 'from',
    hint: 'Export with backset list -o ndjson or -o json; where --columns is given, it must name backupSetDownloadTaskId.',
  })
}
