import * as z from 'zod'
import { AnswerError } from '../errors/answer-error.js'
import { exactIntegerSchema } from './exact-integer.js'
import { defined, isRecord, size, text, time, type WireRecord } from './lenient.js'
import { unknownFields } from './raw.js'

const optionalText = z.string().optional()
const optionalTime = z.iso.datetime().optional()
const raw = z.record(z.string(), z.unknown()).optional()

/** A full backup set. */
export const FullBackup = z.object({
  backupSetId: z.string(),
  backupStatus: optionalText.meta({ description: 'schedule, running, finish, stop, pause; other words pass' }),
  backupSize: exactIntegerSchema.optional().meta({ description: 'Bytes' }),
  storageMethod: optionalText,
  backupObjects: optionalText,
  createTime: optionalTime.meta({ description: 'Start of the backup task' }),
  finishTime: optionalTime.meta({ description: 'End of the backup task' }),
  startTime: optionalTime,
  endTime: optionalTime,
  backupSetExpiredTime: optionalTime,
  errMessage: optionalText,
  raw,
})
export type FullBackup = z.infer<typeof FullBackup>

/** An increment backup: a log file of a job. */
export const IncrementBackup = z.object({
  backupSetId: z.string().meta({ description: 'The log file name', example: 'mysql-bin.000054' }),
  backupSetJobId: optionalText.meta({ description: 'The job; what a download is created from, beside the log file' }),
  backupStatus: optionalText.meta({ description: 'INIT, FILLING, COMPLETED, UNCOMPLETED; other words pass' }),
  backupSize: exactIntegerSchema.optional().meta({ description: 'Bytes' }),
  storageMethod: optionalText,
  startTime: optionalTime,
  endTime: optionalTime,
  backupSetExpiredTime: optionalTime,
  raw,
})
export type IncrementBackup = z.infer<typeof IncrementBackup>

const wireName = (field: string): string => `${field.charAt(0).toUpperCase()}${field.slice(1)}`

function reader(fields: readonly string[]): (row: unknown) => Record<string, unknown> {
  const ours = fields.filter((field) => field !== 'raw')
  const known = new Set(ours.map(wireName))
  const valueOf = (row: WireRecord, field: string): unknown => {
    const value = row[wireName(field)]
    return field.endsWith('Time') ? time(value) : field === 'backupSize' ? size(value) : text(value)
  }
  return (row) => {
    if (!isRecord(row) || text(row['BackupSetId']) === undefined) throw new AnswerError('A row of the answer has no BackupSetId.')
    return defined({ ...Object.fromEntries(ours.map((field) => [field, valueOf(row, field)])), raw: unknownFields(row, known) })
  }
}

/** @throws AnswerError for a row without an id */
export const readFullBackup = reader(Object.keys(FullBackup.shape)) as (row: unknown) => FullBackup

/** @throws AnswerError for a row without an id */
export const readIncrementBackup = reader(Object.keys(IncrementBackup.shape)) as (row: unknown) => IncrementBackup
