import type { DownloadTask } from '../schemas/download-task.js'
import { DbsError } from './dbs-error.js'
import { redactText } from './redact-text.js'

/** A task that was waited for ended badly. */
export class TaskFailedError extends DbsError {
  override readonly name = 'TaskFailedError'
  /** Its last look. */
  readonly task: DownloadTask

  constructor(task: DownloadTask) {
    const { backupSetDownloadTaskId: id, backupSetDownloadStatus: status, errMessage } = task
    const how = status === 'init' ? 'did not pass its precheck (init)' : `failed (${status})`
    super('task-failed', `Task ${redactText(id, 100)} ${how}${errMessage === undefined ? '.' : `: ${redactText(errMessage)}`}`, {
      hint: 'DBS can neither retry nor delete a download task: create a new one.',
    })
    Object.defineProperty(this, 'task', { enumerable: false }) // its links are whole
    this.task = task
  }
}
