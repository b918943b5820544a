import type { Action } from './action.js'
import { createFullBackupSetDownload } from './create-full-backup-set-download.js'
import { createIncrementBackupSetDownload } from './create-increment-backup-set-download.js'
import { describeBackupGatewayList } from './describe-backup-gateway-list.js'
import { describeBackupPlanList } from './describe-backup-plan-list.js'
import { describeBackupSetDownloadTaskList } from './describe-backup-set-download-task-list.js'
import { describeFullBackupList } from './describe-full-backup-list.js'
import { describeIncrementBackupList } from './describe-increment-backup-list.js'
import { describeNodeCidrList } from './describe-node-cidr-list.js'
import { describeRegions } from './describe-regions.js'

/** What is emulated of version 2019-03-06; other operations answer as unknown ones do. */
export const actions: ReadonlyMap<string, Action> = new Map(
  [
    createFullBackupSetDownload,
    createIncrementBackupSetDownload,
    describeBackupGatewayList,
    describeBackupPlanList,
    describeBackupSetDownloadTaskList,
    describeFullBackupList,
    describeIncrementBackupList,
    describeNodeCidrList,
    describeRegions,
  ].map((action) => [action.name, action]),
)
