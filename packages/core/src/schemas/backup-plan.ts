import * as z from 'zod'
import { AnswerError } from '../errors/answer-error.js'
import { boolean, defined, integer, isRecord, longId, text, time } from './lenient.js'
import { unknownFields } from './raw.js'

const optionalText = z.string().optional()
const optionalTime = z.iso.datetime().optional()

/** A backup plan. Connection data of the source stands in it: where it goes is the caller's matter. */
export const BackupPlan = z.object({
  backupPlanId: z.string().meta({ description: 'Id of the plan', example: 'dbstooi01eXXXX' }),
  backupPlanName: optionalText,
  backupPlanStatus: optionalText.meta({ description: 'wait, init, running, stop, pause, locked, check_pass; other words pass' }),
  backupPlanCreateTime: optionalTime,
  backupMethod: optionalText.meta({ description: 'logical, physical or duplication' }),
  databaseType: optionalText,
  instanceClass: optionalText,
  backupObjects: optionalText.meta({ description: 'JSON text, as the API sends it' }),
  backupPeriod: optionalText,
  backupStartTime: optionalText,
  backupRetentionPeriod: z.int().optional().meta({ description: 'Days' }),
  backupStorageType: optionalText.meta({ description: 'system: built-in storage, the only one whose sets can be downloaded' }),
  beginTimestampForRestore: optionalTime,
  endTimestampForRestore: optionalTime,
  enableBackupLog: z.boolean().optional(),
  openBackupSetAutoDownload: z.boolean().optional(),
  backupSetDownloadDir: optionalText,
  backupSetDownloadTargetType: optionalText,
  backupSetDownloadGatewayId: optionalText,
  backupSetDownloadFullDataFormat: optionalText,
  backupSetDownloadIncrementDataFormat: optionalText,
  backupGatewayId: optionalText,
  sourceEndpointInstanceType: optionalText,
  sourceEndpointInstanceID: optionalText,
  sourceEndpointRegion: optionalText,
  resourceGroupId: optionalText,
  errMessage: optionalText,
  region: optionalText.meta({ description: 'Region that was asked, where several were' }),
  raw: z.record(z.string(), z.unknown()).optional(),
})
export type BackupPlan = z.infer<typeof BackupPlan>

const times = new Set(['backupPlanCreateTime', 'beginTimestampForRestore', 'endTimestampForRestore'])
const ids = new Set(['backupSetDownloadGatewayId', 'backupGatewayId'])
const booleans = new Set(['enableBackupLog', 'openBackupSetAutoDownload'])
const ours = Object.keys(BackupPlan.shape).filter((field) => field !== 'region' && field !== 'raw')
const wireName = (field: string): string => `${field.charAt(0).toUpperCase()}${field.slice(1)}`
const known: ReadonlySet<string> = new Set(ours.map(wireName))

const readerOf = (field: string): ((value: unknown) => unknown) =>
  times.has(field) ? time : ids.has(field) ? longId : booleans.has(field) ? boolean : field === 'backupRetentionPeriod' ? integer : text

/** @throws AnswerError for a row without an id */
export function readBackupPlan(row: unknown): BackupPlan {
  const id = isRecord(row) ? text(row['BackupPlanId']) : undefined
  if (!isRecord(row) || id === undefined) throw new AnswerError('A row of the answer has no BackupPlanId.')
  const fields = Object.fromEntries(ours.map((field) => [field, readerOf(field)(row[wireName(field)])]))
  return defined({ ...fields, backupPlanId: id, raw: unknownFields(row, known) }) as BackupPlan
}

/** Whether two plan ids name one plan: answers may leave out the `dbs` prefix that requests have. */
export const samePlan = (a: string, b: string): boolean => a === b || withoutPrefix(a) === withoutPrefix(b)

/** A plan id as a key: without the prefix that may be missing. */
export const withoutPrefix = (planId: string): string => (planId.startsWith('dbs') && planId.length > 3 ? planId.slice(3) : planId)
