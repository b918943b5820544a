import * as z from 'zod'
import { exactIntegerSchema } from './exact-integer.js'
import { longId, size, text as textOf, time as timeOf } from './lenient.js'
import { normaliseLink } from './link.js'
import { rowReader, type ValueReader } from './row-reader.js'
import { stateOf, taskStates } from './task-state.js'

const text = z.string().optional()
const time = z.iso.datetime().optional()

/**
 * A download task as everything of ours speaks of it: it survives JSON unchanged. Names are the API's in camelCase; a field that does not
 * apply is absent.
 */
export const DownloadTask = z.object({
  backupSetDownloadTaskId: z.string().meta({ description: 'Id of the download task', example: 'urxgrxt7abcd' }),
  backupSetDownloadTaskName: text.meta({ description: 'Name of the task' }),
  backupPlanId: text.meta({ description: 'Backup plan; the service may leave out its `dbs` prefix' }),
  backupSetId: text.meta({ description: 'Backup set the file was made from' }),
  backupSetCode: text.meta({ description: 'Full: the backup set id. Increment: the log file name' }),
  backupSetJobType: text.meta({ description: 'cbs_backup_sub_full or cbs_backup_sub_cont; other words pass' }),
  backupSetDbType: text.meta({ description: 'Database, as MySQL' }),
  backupSetDataFormat: text.meta({ description: 'Native, SQL, CSV or JSON; other words pass' }),
  backupSetDataSize: exactIntegerSchema.optional().meta({ description: 'Size in bytes; digits as a string beyond 2^53' }),
  backupSetDownloadWay: text.meta({ description: 'manual or auto' }),
  backupSetDownloadStatus: text.meta({ description: 'The word as sent' }),
  backupSetDownloadCreateTime: time.meta({ description: 'When the task was created, UTC' }),
  backupSetDownloadFinishTime: time.meta({ description: 'When the task ended, UTC' }),
  backupSetDownloadTargetType: text.meta({ description: 'agent: a server with the backup gateway; automatic downloads only' }),
  backupSetDownloadDir: text.meta({ description: 'Directory on that server; automatic downloads only' }),
  backupGatewayId: text.meta({ description: 'Gateway of an automatic download, its 64-bit digits' }),
  backupSetDownloadInternetUrl: text.meta({ description: 'Public link; may be signed: treat as a secret' }),
  backupSetDownloadIntranetUrl: text.meta({ description: "Link inside the region's network; may be signed: treat as a secret" }),
  errMessage: text.meta({ description: 'What the service says went wrong' }),
  state: z.enum(taskStates).meta({ description: 'Our group of the status' }),
  durationMs: z.number().optional().meta({ description: 'Finish time less create time, milliseconds' }),
  region: text.meta({ description: 'Region that was asked, where several were' }),
  profile: text.meta({ description: 'Profile that was used, where several were' }),
  raw: z.record(z.string(), z.unknown()).optional().meta({ description: 'Fields this version does not know, as sent' }),
})

/** The 19 fields of the API, in the order of its documentation; what CSV holds without chosen columns. */
export const apiFields = [
  'backupSetDownloadTaskId',
  'backupSetDownloadTaskName',
  'backupPlanId',
  'backupSetId',
  'backupSetCode',
  'backupSetJobType',
  'backupSetDbType',
  'backupSetDataFormat',
  'backupSetDataSize',
  'backupSetDownloadWay',
  'backupSetDownloadStatus',
  'backupSetDownloadCreateTime',
  'backupSetDownloadFinishTime',
  'backupSetDownloadTargetType',
  'backupSetDownloadDir',
  'backupGatewayId',
  'backupSetDownloadInternetUrl',
  'backupSetDownloadIntranetUrl',
  'errMessage',
] as const satisfies readonly (keyof DownloadTask)[]

export type DownloadTask = z.infer<typeof DownloadTask>

const link = (value: unknown): string | undefined => (typeof value === 'string' ? normaliseLink(value) : undefined)

const read = rowReader({
  backupSetDownloadTaskId: textOf,
  backupSetDownloadTaskName: textOf,
  backupPlanId: textOf,
  backupSetId: textOf,
  backupSetCode: textOf,
  backupSetJobType: textOf,
  backupSetDbType: textOf,
  backupSetDataFormat: textOf,
  backupSetDataSize: size,
  backupSetDownloadWay: textOf,
  backupSetDownloadStatus: textOf,
  backupSetDownloadCreateTime: timeOf,
  backupSetDownloadFinishTime: timeOf,
  backupSetDownloadTargetType: textOf,
  backupSetDownloadDir: textOf,
  backupGatewayId: longId,
  backupSetDownloadInternetUrl: link,
  backupSetDownloadIntranetUrl: link,
  errMessage: textOf,
} satisfies Record<(typeof apiFields)[number], ValueReader>)

/**
 * A row as DBS sends it to a task; wire names stop here.
 * @throws AnswerError for a row without an id
 */
export function readDownloadTask(row: unknown): DownloadTask {
  const { fields, raw } = read(row)
  const task = fields as DownloadTask
  task.state = stateOf(task.backupSetDownloadStatus)
  const { backupSetDownloadCreateTime: created, backupSetDownloadFinishTime: finished } = task
  const durationMs = created === undefined || finished === undefined ? -1 : Date.parse(finished) - Date.parse(created)
  if (durationMs >= 0) task.durationMs = durationMs
  if (raw !== undefined) task.raw = raw
  return task
}
