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

/**
 * An error as a list met it: that DBS does not find its plan, or its task, is told as everywhere else.
 * @param lastRequestId that of the list's last answer, where the error itself came from none
 */
export function asNoSuch(error: Error, { backupPlanId, backupSetDownloadTaskId }: Source, lastRequestId?: string): Error {
  if (!(error instanceof DbsError) || error.code !== 'not-found') return error
  const requestId = error.requestId ?? lastRequestId
  if (backupSetDownloadTaskId !== undefined) return noSuchTask(backupSetDownloadTaskId, requestId)
  return backupPlanId === undefined ? error : noSuchPlan(backupPlanId, requestId)
}
