import * as z from 'zod'
import { exactIntegerSchema } from './exact-integer.js'
import { integer, size, text, time } from './lenient.js'
import { rowReader, type ValueReader } from './row-reader.js'

const optionalText = z.string().optional()
const optionalTime = z.iso.datetime().optional()
const percent = z.int().optional().meta({ description: 'Percent' })
const raw = z.record(z.string(), z.unknown()).optional().meta({ description: 'Fields this version does not know, as sent' })

/** What both kinds tell: where the set lies, how long, and where it came from. */
const common = {
  backupSize: exactIntegerSchema.optional().meta({ description: 'Bytes' }),
  storageMethod: optionalText.meta({ description: 'Standard, IA, Archive; UNKNOWN while the backup is not done' }),
  startTime: optionalTime.meta({ description: 'Start of the backup' }),
  endTime: optionalTime.meta({ description: 'End of the backup' }),
  backupSetExpiredTime: optionalTime.meta({ description: 'When the set is removed' }),
  sourceEndpointIpPort: optionalText,
  sourceEndpointHost: optionalText,
  sourceEndpointPort: optionalText,
  sourceEndpointInstanceId: optionalText,
  sourceEndpointInstanceType: optionalText,
  sourceEndpointRegion: optionalText,
}

/** A full backup set. Connection data of the source stands in it: where it goes is the caller's matter. */
export const FullBackup = z.object({
  backupSetId: z.string(),
  backupStatus: optionalText.meta({ description: 'schedule, running, finish, stop, pause; other words pass' }),
  createTime: optionalTime.meta({ description: 'Start of the backup task' }),
  finishTime: optionalTime.meta({ description: 'End of the backup task' }),
  backupObjects: optionalText.meta({ description: 'JSON text, as the API sends it' }),
  ...common,
  sourceEndpointUserName: optionalText,
  sourceEndpointEnableSsl: optionalText,
  backupGatewayIdentifier: optionalText,
  crossAliyunId: optionalText,
  crossRoleName: optionalText,
  storageEncryptMethod: optionalText,
  logicalFullBackupProgress: percent,
  logicalStructureBackupProgress: percent,
  errMessage: optionalText,
  raw,
})
export type FullBackup = z.infer<typeof FullBackup>

/** An increment backup: a log file of a job. */
export const IncrementBackup = z.object({
  backupSetId: z.string().meta({ description: 'The log file name', example: 'mysql-bin.000054' }),
  backupSetJobId: optionalText.meta({ description: 'The job; what a download is created from, beside the log file' }),
  backupStatus: optionalText.meta({ description: 'INIT, FILLING, COMPLETED, UNCOMPLETED; other words pass' }),
  ...common,
  raw,
})
export type IncrementBackup = z.infer<typeof IncrementBackup>

const readerOf = (field: string): ValueReader =>
  field.endsWith('Time') ? time : field.endsWith('Progress') ? integer : field === 'backupSize' ? size : text

function reader(fields: readonly string[]): (row: unknown) => object {
  const read = rowReader(Object.fromEntries(fields.filter((field) => field !== 'raw').map((field) => [field, readerOf(field)])))
  return (row) => {
    const { fields: known, raw: unknown } = read(row)
    return unknown === undefined ? known : { ...known, raw: unknown }
  }
}

/** @throws AnswerError for a row without an id */
export const readFullBackup = reader(Object.keys(FullBackup.shape)) as (row: unknown) => FullBackup

/** @throws AnswerError for a row without an id */
export const readIncrementBackup = reader(Object.keys(IncrementBackup.shape)) as (row: unknown) => IncrementBackup
