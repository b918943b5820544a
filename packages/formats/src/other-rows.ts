import { presentValue } from '@backset/core'
import { column, type Column, type RowKind } from './columns.js'

const present: RowKind['present'] = (row, links) => presentValue(row, { links })

const rowKind = (columns: readonly Column[], id: string, shown: readonly string[]): RowKind => ({
  columns: [...columns, column('raw', 'RAW')],
  id,
  machine: columns.map(({ name }) => name),
  shown,
  present,
})

/** Backup plans. */
export const planRows: RowKind = rowKind(
  [
    column('backupPlanId', 'PLAN', 'id'),
    column('backupPlanName', 'NAME'),
    column('backupPlanStatus', 'STATUS'),
    column('backupPlanCreateTime', 'CREATED', 'time'),
    column('backupMethod', 'METHOD'),
    column('databaseType', 'DATABASE'),
    column('instanceClass', 'CLASS'),
    column('backupObjects', 'OBJECTS'),
    column('backupPeriod', 'DAYS'),
    column('backupStartTime', 'STARTS'),
    column('backupRetentionPeriod', 'KEPT DAYS', 'number'),
    column('backupStorageType', 'STORAGE'),
    column('beginTimestampForRestore', 'RESTORE FROM', 'time'),
    column('endTimestampForRestore', 'RESTORE TO', 'time'),
    column('enableBackupLog', 'LOG'),
    column('openBackupSetAutoDownload', 'AUTO DOWNLOAD'),
    column('backupSetDownloadDir', 'DIRECTORY'),
    column('backupSetDownloadTargetType', 'TARGET'),
    column('backupSetDownloadGatewayId', 'DOWNLOAD GATEWAY'),
    column('backupSetDownloadFullDataFormat', 'FULL FORMAT'),
    column('backupSetDownloadIncrementDataFormat', 'INCREMENT FORMAT'),
    column('backupGatewayId', 'GATEWAY'),
    column('sourceEndpointInstanceType', 'SOURCE TYPE'),
    column('sourceEndpointInstanceID', 'SOURCE'),
    column('sourceEndpointRegion', 'SOURCE REGION'),
    column('resourceGroupId', 'GROUP'),
    column('errMessage', 'MESSAGE'),
    column('region', 'REGION'),
  ],
  'backupPlanId',
  ['backupPlanId', 'backupPlanStatus', 'databaseType', 'backupMethod', 'backupStorageType', 'backupPlanCreateTime', 'backupPlanName'],
)

/** Full backup sets of a plan. */
export const fullBackupRows: RowKind = rowKind(
  [
    column('backupSetId', 'BACKUP SET', 'id'),
    column('backupStatus', 'STATUS'),
    column('backupSize', 'SIZE', 'bytes'),
    column('storageMethod', 'STORAGE'),
    column('backupObjects', 'OBJECTS'),
    column('createTime', 'CREATED', 'time'),
    column('finishTime', 'FINISHED', 'time'),
    column('startTime', 'FROM', 'time'),
    column('endTime', 'TO', 'time'),
    column('backupSetExpiredTime', 'EXPIRES', 'time'),
    column('errMessage', 'MESSAGE'),
  ],
  'backupSetId',
  ['backupSetId', 'backupStatus', 'backupSize', 'storageMethod', 'createTime', 'finishTime', 'backupSetExpiredTime'],
)

/** Increment backups of a plan: log files. */
export const incrementBackupRows: RowKind = rowKind(
  [
    column('backupSetId', 'LOG FILE', 'id'),
    column('backupSetJobId', 'JOB', 'id'),
    column('backupStatus', 'STATUS'),
    column('backupSize', 'SIZE', 'bytes'),
    column('storageMethod', 'STORAGE'),
    column('startTime', 'FROM', 'time'),
    column('endTime', 'TO', 'time'),
    column('backupSetExpiredTime', 'EXPIRES', 'time'),
  ],
  'backupSetId',
  ['backupSetId', 'backupSetJobId', 'backupStatus', 'backupSize', 'startTime', 'endTime', 'backupSetExpiredTime'],
)

/** Regions: `{ regionId }` and what is known of each, as its endpoint. */
export const regionRows: RowKind = rowKind([column('regionId', 'REGION', 'id'), column('endpoint', 'ENDPOINT')], 'regionId', [
  'regionId',
  'endpoint',
])

/** A download task that was just created, with the token that makes a second call create nothing. */
export const createdRows: RowKind = rowKind(
  [column('backupSetDownloadTaskId', 'TASK', 'id'), column('clientToken', 'CLIENT TOKEN', 'id')],
  'backupSetDownloadTaskId',
  ['backupSetDownloadTaskId', 'clientToken'],
)

/** Files of tasks that were brought to disk. */
export const fetchedRows: RowKind = rowKind(
  [
    column('taskId', 'TASK', 'id'),
    column('file', 'FILE'),
    column('bytes', 'SIZE', 'bytes'),
    column('sha256', 'SHA-256'),
    column('resumedFrom', 'RESUMED FROM', 'bytes'),
    column('alreadyThere', 'ALREADY THERE'),
  ],
  'taskId',
  ['taskId', 'file', 'bytes', 'sha256', 'resumedFrom', 'alreadyThere'],
)
