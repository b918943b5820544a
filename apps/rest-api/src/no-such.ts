import { DbsError, NotFoundError } from '@backset/core'
import type { Source } from './snapshots/source.js'

/** The same for a task that is not there and one that may not be seen. */
export const noSuchTask = (id: string, requestId?: string): NotFoundError =>
  new NotFoundError(`There is no download task ${JSON.stringify(id)}.`, {
    hint: 'A task just created may be missing for a minute.',
    requestId,
  })

/** The same for a plan that is not there and one that may not be seen. */
export const noSuchPlan = (id: string, requestId?: string): NotFoundError =>
  new NotFoundError(`There is no backup plan ${JSON.stringify(id)}.`, { hint: 'GET /v1/backup-plans lists those there are.', requestId })

/** An error as a list met it: that DBS does not find its plan, or its task, is told as everywhere else. */
export function asNoSuch(error: Error, { backupPlanId, backupSetDownloadTaskId }: Source): Error {
  if (!(error instanceof DbsError) || error.code !== 'not-found') return error
  if (backupSetDownloadTaskId !== undefined) return noSuchTask(backupSetDownloadTaskId, error.requestId)
  return backupPlanId === undefined ? error : noSuchPlan(backupPlanId, error.requestId)
}
