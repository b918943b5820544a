import * as z from 'zod'
import { AnswerError } from '../errors/answer-error.js'
import { exactIntegerSchema } from './exact-integer.js'
import { defined, isRecord, longId, size, text as textOf, time as timeOf } from './lenient.js'
import { normaliseLink } from './link.js'
import { unknownFields } from './raw.js'
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

const linkOf = (value: unknown): string | undefined => (typeof value === 'string' ? normaliseLink(value) : undefined)

const known: ReadonlySet<string> = new Set(apiFields.map((field) => `${field.charAt(0).toUpperCase()}${field.slice(1)}`))

/**
 * A row as DBS sends it to a task; wire names stop here. Mapped by hand: a million rows go through, and a zod object of 19 lenient fields costs some ten
 * times as much a row.
 * @throws AnswerError for a row without an id: a list that cannot be keyed cannot be proved
 */
export function readDownloadTask(row: unknown): DownloadTask {
  const id = isRecord(row) ? textOf(row['BackupSetDownloadTaskId']) : undefined
  if (!isRecord(row) || id === undefined) throw new AnswerError('A row of the answer has no BackupSetDownloadTaskId.')
  const created = timeOf(row['BackupSetDownloadCreateTime'])
  const finished = timeOf(row['BackupSetDownloadFinishTime'])
  const durationMs = created === undefined || finished === undefined ? undefined : Date.parse(finished) - Date.parse(created)
  const status = textOf(row['BackupSetDownloadStatus'])
  return defined({
    backupSetDownloadTaskId: id,
    backupSetDownloadTaskName: textOf(row['BackupSetDownloadTaskName']),
    backupPlanId: textOf(row['BackupPlanId']),
    backupSetId: textOf(row['BackupSetId']),
    backupSetCode: textOf(row['BackupSetCode']),
    backupSetJobType: textOf(row['BackupSetJobType']),
    backupSetDbType: textOf(row['BackupSetDbType']),
    backupSetDataFormat: textOf(row['BackupSetDataFormat']),
    backupSetDataSize: size(row['BackupSetDataSize']),
    backupSetDownloadWay: textOf(row['BackupSetDownloadWay']),
    backupSetDownloadStatus: status,
    backupSetDownloadCreateTime: created,
    backupSetDownloadFinishTime: finished,
    backupSetDownloadTargetType: textOf(row['BackupSetDownloadTargetType']),
    backupSetDownloadDir: textOf(row['BackupSetDownloadDir']),
    backupGatewayId: longId(row['BackupGatewayId']),
    backupSetDownloadInternetUrl: linkOf(row['BackupSetDownloadInternetUrl']),
    backupSetDownloadIntranetUrl: linkOf(row['BackupSetDownloadIntranetUrl']),
    errMessage: textOf(row['ErrMessage']),
    state: stateOf(status),
    durationMs: durationMs !== undefined && durationMs >= 0 ? durationMs : undefined,
    raw: unknownFields(row, known),
  }) as DownloadTask
}
