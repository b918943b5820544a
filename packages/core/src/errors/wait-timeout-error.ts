import type { DownloadTask } from '../schemas/download-task.js'
import { DbsError } from './dbs-error.js'
import { inSeconds } from './in-seconds.js'
import { redactText } from './redact-text.js'

/** Time was out before a task came as far as it was waited for. */
export class WaitTimeoutError extends DbsError {
  override readonly name = 'WaitTimeoutError'
  /** Its last look. */
  readonly task: DownloadTask | undefined
  /** How often each status was seen; `missing` for a task that was not there. */
  readonly seen: Readonly<Record<string, number>>

  constructor(taskId: string, until: string, timeoutMs: number, seen: ReadonlyMap<string, number>, task: DownloadTask | undefined) {
    const looks = [...seen].map(([status, times]) => `${redactText(status, 40)} ${times === 1 ? 'once' : `${times} times`}`).join(', ')
    super(
      'timed-out',
      `Task ${redactText(taskId, 100)} did not reach ${until} within ${inSeconds(timeoutMs)}; seen: ${looks === '' ? 'no answer' : looks}.`,
      {
        hint: 'Wait again, with a longer --timeout.',
        retryable: true,
      },
    )
    Object.defineProperty(this, 'task', { enumerable: false }) // its links are whole
    this.task = task
    this.seen = Object.fromEntries(seen)
  }
}
