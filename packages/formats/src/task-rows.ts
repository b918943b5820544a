import { apiFields, fieldNamed, present, type DownloadTask } from '@backset/core'
import { column, type RowKind, type Tone } from './columns.js'

const tones: Readonly<Record<DownloadTask['state'], Tone | undefined>> = {
  active: 'busy',
  done: 'good',
  failed: 'bad',
  suspended: 'held',
  unknown: undefined,
}
const toneOf = (row: unknown): Tone | undefined => tones[(row as DownloadTask).state]

/** Download tasks. */
export const taskRows: RowKind = {
  columns: [
    column('backupSetDownloadTaskId', 'TASK', 'id'),
    column('backupSetDownloadTaskName', 'NAME'),
    column('backupPlanId', 'PLAN', 'id'),
    column('backupSetId', 'BACKUP SET'),
    column('backupSetCode', 'CODE'),
    column('backupSetJobType', 'JOB TYPE'),
    column('backupSetDbType', 'DATABASE'),
    column('backupSetDataFormat', 'FORMAT'),
    column('backupSetDataSize', 'SIZE', 'bytes'),
    column('backupSetDownloadWay', 'WAY'),
    column('backupSetDownloadStatus', 'STATUS', 'text', toneOf),
    column('backupSetDownloadCreateTime', 'CREATED', 'time'),
    column('backupSetDownloadFinishTime', 'FINISHED', 'time'),
    column('backupSetDownloadTargetType', 'TARGET'),
    column('backupSetDownloadDir', 'DIRECTORY'),
    column('backupGatewayId', 'GATEWAY'),
    column('backupSetDownloadInternetUrl', 'INTERNET LINK'),
    column('backupSetDownloadIntranetUrl', 'INTRANET LINK'),
    column('errMessage', 'MESSAGE'),
    column('state', 'STATE', 'text', toneOf),
    column('durationMs', 'TOOK', 'duration'),
    column('region', 'REGION'),
    column('profile', 'PROFILE'),
    column('raw', 'RAW'),
  ],
  id: 'backupSetDownloadTaskId',
  machine: apiFields,
  // What fits 100 columns, the name last: it is the longest.
  shown: [
    'backupSetDownloadTaskId',
    'backupSetDownloadStatus',
    'backupSetDbType',
    'backupSetDataFormat',
    'backupSetDataSize',
    'backupSetDownloadCreateTime',
    'durationMs',
    'backupSetDownloadTaskName',
  ],
  spare: ['backupSetDataFormat', 'backupSetDbType', 'durationMs', 'backupSetDownloadTaskName'],
  nameOf: fieldNamed,
  present: (row, links) => present(row as DownloadTask, { links }),
}
