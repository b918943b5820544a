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

/** Which backups of a plan. */
export interface FullBackupQuery {
  readonly backupPlanId: string
  /** This one alone. */
  readonly backupSetId?: string | undefined
  /** Rows a page. @default 100 */
  readonly pageSize?: 30 | 50 | 100 | undefined
}

export interface IncrementBackupQuery {
  readonly backupPlanId: string
  /** Rows a page. @default 100 */
  readonly pageSize?: 30 | 50 | 100 | undefined
}

// The values are the operations' to judge.
export const taskQueryDomains: Domains<DownloadTaskQuery> = {
  backupPlanId: anything,
  backupSetDownloadTaskId: anything,
  pageSize: anything,
}
export const planQueryDomains: Domains<BackupPlanQuery> = { region: anything, backupPlanId: anything }
export const fullBackupQueryDomains: Domains<FullBackupQuery> = { backupPlanId: anything, backupSetId: anything, pageSize: anything }
export const incrementBackupQueryDomains: Domains<IncrementBackupQuery> = { backupPlanId: anything, pageSize: anything }
