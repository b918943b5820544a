import { anything, type Domains } from './check-options.js'

/** Which download tasks: of a plan, one by its id, or both. */
export interface DownloadTaskQuery {
  readonly backupPlanId?: string | undefined
  readonly backupSetDownloadTaskId?: string | undefined
  /** Rows a page; 100 asks the least often. @default 100 */
  readonly pageSize?: 30 | 50 | 100 | undefined
}

export interface BackupPlanQuery {
  /** The region the plans are in; many share a host. @default the client's */
  readonly region?: string | undefined
  readonly backupPlanId?: string | undefined
}

// The values are the operations' to judge.
export const taskQueryDomains: Domains<DownloadTaskQuery> = {
  backupPlanId: anything,
  backupSetDownloadTaskId: anything,
  pageSize: anything,
}
export const planQueryDomains: Domains<BackupPlanQuery> = { region: anything, backupPlanId: anything }
