import { planKey } from '@backset/core'

/** Which list of DBS: the tasks of a plan, one task by its id, or a task within a plan, in a region. */
export interface Source {
  /** A region the server was started with; undefined where an endpoint needs none. */
  readonly region: string | undefined
  readonly backupPlanId?: string | undefined
  readonly backupSetDownloadTaskId?: string | undefined
}

/** Equal for questions that one list answers. */
export const sourceKey = ({ region = '', backupPlanId = '', backupSetDownloadTaskId = '' }: Source): string =>
  JSON.stringify([region, planKey(backupPlanId), backupSetDownloadTaskId])
