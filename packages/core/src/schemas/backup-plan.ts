import * as z from 'zod'
import { boolean, integer, longId, text, time } from './lenient.js'
import { rowReader, type ValueReader } from './row-reader.js'

const optionalText = z.string().optional()
const optionalTime = z.iso.datetime().optional()
const days = z.int().optional().meta({ description: 'Days' })

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
  backupRetentionPeriod: days,
  duplicationInfrequentAccessPeriod: days,
  duplicationArchivePeriod: days,
  incrementBackupRetentionPeriod: days,
  incrementDuplicationInfrequentAccessPeriod: days,
  incrementDuplicationArchivePeriod: days,
  logBackupRetentionPeriod: days,
  logDuplicationInfrequentAccessPeriod: days,
  logDuplicationArchivePeriod: days,
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
  sourceEndpointIpPort: optionalText,
  sourceEndpointHost: optionalText,
  sourceEndpointPort: optionalText,
  sourceEndpointEnableSsl: optionalText,
  sourceEndpointDatabaseName: optionalText,
  sourceEndpointOracleSID: optionalText,
  sourceEndpointUserName: optionalText,
  backupGatewayIdentifier: optionalText,
  backupPlanRegion: optionalText,
  instanceChargeType: optionalText.meta({ description: 'PREPAY or POSTPAY' }),
  instanceExpiredTimestamp: optionalTime,
  enableMysqlPhysicalBackupBinLog: z.boolean().optional(),
  storageEncryptMethod: optionalText,
  ossBucketName: optionalText,
  ossBucketRegion: optionalText,
  resourceGroupId: optionalText,
  crossAliyunId: optionalText,
  crossRoleName: optionalText,
  errMessage: optionalText,
  region: optionalText.meta({ description: 'Region that was asked, where several were' }),
  raw: z.record(z.string(), z.unknown()).optional(),
})
export type BackupPlan = z.infer<typeof BackupPlan>

const times = new Set(['backupPlanCreateTime', 'beginTimestampForRestore', 'endTimestampForRestore', 'instanceExpiredTimestamp'])
const ids = new Set(['backupSetDownloadGatewayId', 'backupGatewayId'])
const booleans = new Set(['enableBackupLog', 'openBackupSetAutoDownload', 'enableMysqlPhysicalBackupBinLog'])
const apiFields = Object.keys(BackupPlan.shape).filter((field) => field !== 'region' && field !== 'raw')

const readerOf = (field: string): ValueReader =>
  times.has(field) ? time : ids.has(field) ? longId : booleans.has(field) ? boolean : field.endsWith('Period') ? periodOf(field) : text

/** `BackupPeriod` is days of the week, the other periods are numbers of days. */
const periodOf = (field: string): ValueReader => (field === 'backupPeriod' ? text : integer)

const read = rowReader(Object.fromEntries(apiFields.map((field) => [field, readerOf(field)])))

/** @throws AnswerError for a row without an id */
export function readBackupPlan(row: unknown): BackupPlan {
  const { fields, raw } = read(row)
  return (raw === undefined ? fields : { ...fields, raw }) as BackupPlan
}

/** Whether two plan ids name one plan: answers may leave out the `dbs` prefix that requests have. */
export const samePlan = (a: string, b: string): boolean => a === b || planKey(a) === planKey(b)

/** A plan id as a key: without the prefix that may be missing. */
export const planKey = (planId: string): string => (planId.startsWith('dbs') && planId.length > 3 ? planId.slice(3) : planId)
