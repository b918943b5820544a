import type { DownloadTask } from '@backset/core'

const fields = {
  plan: 'backupPlanId',
  status: 'backupSetDownloadStatus',
  since: 'backupSetDownloadCreateTime',
  until: 'backupSetDownloadCreateTime',
  'db-type': 'backupSetDbType',
  way: 'backupSetDownloadWay',
  'job-type': 'backupSetJobType',
  'data-format': 'backupSetDataFormat',
  name: 'backupSetDownloadTaskName',
  'min-size': 'backupSetDataSize',
  'max-size': 'backupSetDataSize',
} as const satisfies Readonly<Record<string, keyof DownloadTask>>

/** The fields that flags choose tasks by. */
export const askedFields = (args: { readonly [Flag in keyof typeof fields]?: unknown }): readonly (keyof DownloadTask)[] =>
  (Object.keys(fields) as (keyof typeof fields)[]).flatMap((flag) => (args[flag] === undefined ? [] : [fields[flag]]))
