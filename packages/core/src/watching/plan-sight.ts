import type { DbsClient } from '../client.js'
import { DbsError } from '../errors/dbs-error.js'
import { describeBackupSetDownloadTaskList } from '../operations/describe-backup-set-download-task-list.js'
import type { ListOptions } from '../paging/listing.js'
import type { DownloadTask } from '../schemas/download-task.js'
import type { Sight } from './sight.js'

export interface PlanSightOptions extends Pick<ListOptions<DownloadTask>, 'lookahead' | 'verify'> {
  /** Rows a page; 100 asks the least often. @default 100 */
  readonly pageSize?: 30 | 50 | 100 | undefined
}

/** The tasks of a plan as a client sees them, links and all. */
export function planSight(
  client: Pick<DbsClient, 'send' | 'getDownloadTask' | 'listDownloadTasks'>,
  backupPlanId: string,
  { pageSize = 100, ...options }: PlanSightOptions = {},
): Sight {
  return {
    pageSize,
    page: async (pageNum, signal) => client.send(describeBackupSetDownloadTaskList, { backupPlanId, pageNum, pageSize }, { signal }),
    async task(taskId, signal) {
      try {
        return await client.getDownloadTask(taskId, { signal })
      } catch (error) {
        if (error instanceof DbsError && error.code === 'not-found') return undefined
        throw error
      }
    },
    async whole(signal) {
      // A list that moves all the time is shown as it came; that a task is missing in it proves nothing.
      const listing = client.listDownloadTasks({ backupPlanId, pageSize }, { ...options, signal, allowIncomplete: true })
      const tasks: DownloadTask[] = []
      for await (const { items } of listing.pages()) tasks.push(...items)
      const verdict = listing.proof?.verdict
      return { tasks, isProved: verdict === 'sealed' || verdict === 'settled' || verdict === 'twice' }
    },
  }
}
