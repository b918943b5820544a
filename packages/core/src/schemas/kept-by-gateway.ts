import type { DownloadTask } from './download-task.js'

/**
 * Whether a task's file lies on the server of a backup gateway, so that it has no link to fetch it by.
 * Automatic downloads go through a gateway, and only they name one (API reference of DescribeBackupSetDownloadTaskList).
 */
export function keptByGateway(task: DownloadTask): boolean {
  if (task.backupSetDownloadInternetUrl !== undefined || task.backupSetDownloadIntranetUrl !== undefined) return false
  return task.backupSetDownloadWay === 'auto' || task.backupGatewayId !== undefined
}
