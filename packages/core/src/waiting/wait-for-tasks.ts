import type { DbsError } from '../errors/dbs-error.js'
import { NotFoundError } from '../errors/not-found-error.js'
import { TaskFailedError } from '../errors/task-failed-error.js'
import { TimedOutError } from '../errors/timed-out-error.js'
import { WaitTimeoutError } from '../errors/wait-timeout-error.js'
import type { DownloadTask } from '../schemas/download-task.js'
import { startDeadline } from '../transport/deadline.js'
import { waitForTask, type WaitForTaskOptions, type WaitParts } from './wait-for-task.js'

/** What became of one of several tasks. */
export interface WaitedTask {
  readonly taskId: string
  /** Its last look; undefined when it never appeared. */
  readonly task: DownloadTask | undefined
  /** Why it did not come as far as it was waited for: TaskFailedError, WaitTimeoutError or NotFoundError. */
  readonly error: DbsError | undefined
}

export interface WaitForTasksOptions extends Omit<WaitForTaskOptions, 'onPoll'> {
  /** Called after each poll of each task; undefined while it is not there. */
  readonly onPoll?: ((task: DownloadTask | undefined, taskId: string) => void) | undefined
}

/**
 * Waits for several tasks at once until each has ended or time is out, and gives all of them in the order they were named.
 * @throws DbsError for what concerns them all, as a missing permission; then nothing is waited for any longer
 */
export async function waitForTasks(
  parts: WaitParts,
  taskIds: readonly string[],
  { onPoll, signal, ...options }: WaitForTasksOptions = {},
): Promise<readonly WaitedTask[]> {
  const stop = new AbortController()
  using joined = startDeadline(parts.clock, undefined, () => new TimedOutError(0), stop.signal, signal)
  const waitFor = async (taskId: string): Promise<WaitedTask> => {
    try {
      const each = { ...options, signal: joined.signal, onPoll: (task: DownloadTask | undefined) => onPoll?.(task, taskId) }
      return { taskId, task: await waitForTask(parts, taskId, each), error: undefined }
    } catch (error) {
      if (error instanceof TaskFailedError || error instanceof WaitTimeoutError) return { taskId, task: error.task, error }
      if (error instanceof NotFoundError) return { taskId, task: undefined, error }
      throw error
    }
  }
  try {
    return await Promise.all([...new Set(taskIds)].map(waitFor))
  } finally {
    stop.abort()
  }
}
