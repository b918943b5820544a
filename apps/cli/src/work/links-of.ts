import { keptByGateway, NotFoundError, redactText, TaskFailedError, type DownloadTask } from '@backset/core'
import type { Links } from '@backset/transfer'

/**
 * Where a task's file lies.
 * @throws TaskFailedError, or NotFoundError for a task that has none here (yet)
 */
export function linksOf(task: DownloadTask): Links {
  const { state, backupSetDownloadInternetUrl: internetUrl, backupSetDownloadIntranetUrl: intranetUrl } = task
  const id = redactText(task.backupSetDownloadTaskId, 100)
  if (state === 'failed') throw new TaskFailedError(task)
  if (state !== 'done') {
    const status = redactText(task.backupSetDownloadStatus ?? 'no status', 40)
    throw new NotFoundError(`Task ${id} has not finished (${status}): there is nothing to fetch yet.`, {
      hint: '--wait waits for it, and fetches its file then.',
      retryable: true,
    })
  }
  if (keptByGateway(task)) throw atGateway(id, task)
  return { internetUrl, intranetUrl }
}

function atGateway(id: string, { backupGatewayId, backupSetDownloadDir }: DownloadTask): NotFoundError {
  const gateway = backupGatewayId === undefined ? 'the backup gateway of its plan' : `backup gateway ${redactText(backupGatewayId, 40)}`
  const folder = backupSetDownloadDir === undefined ? '' : `, in ${redactText(backupSetDownloadDir, 200)}`
  return new NotFoundError(`Task ${id} was downloaded by a gateway: it has no link to fetch.`, {
    hint: `Its file lies on the server of ${gateway}${folder}.`,
  })
}
