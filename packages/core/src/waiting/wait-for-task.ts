import { abortSignal, callback, duration, oneOf, type Domains } from '../check-options.js'
import type { Clock } from '../clock.js'
import { parseDuration, type Duration } from '../duration.js'
import { abortErrorOf } from '../errors/aborted-error.js'
import { NotFoundError } from '../errors/not-found-error.js'
import { TaskFailedError } from '../errors/task-failed-error.js'
import { TimedOutError } from '../errors/timed-out-error.js'
import { WaitTimeoutError } from '../errors/wait-timeout-error.js'
import type { DownloadTask } from '../schemas/download-task.js'
import { startDeadline } from '../transport/deadline.js'
import { taskVerdict, waypoints, type Waypoint } from './task-verdict.js'
import { growingPause, waitUntil } from './wait-until.js'

export interface WaitForTaskOptions {
  /** How far: reached or passed. @default 'finish' */
  readonly until?: Waypoint | undefined
  /** @default '2h' */
  readonly timeout?: Duration | undefined
  /** A fixed time between polls. @default grows from 2 s to 30 s */
  readonly interval?: Duration | undefined
  readonly signal?: AbortSignal | undefined
  /** Called after each poll; undefined while the task is not there. */
  readonly onPoll?: ((task: DownloadTask | undefined) => void) | undefined
}

/** The same for one task and for several. */
export const waitOptionDomains: Domains<WaitForTaskOptions> = {
  until: oneOf(...waypoints),
  timeout: duration,
  interval: duration,
  signal: abortSignal,
  onPoll: callback,
}

export interface WaitParts {
  /** Undefined when there is no such task. Errors that do not pass, as of permission, end the waiting at once. */
  readonly getTask: (taskId: string, signal: AbortSignal) => Promise<DownloadTask | undefined>
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
}

/** A task that was just created may be missing from the list for so long. */
const missingForMs = 60_000

/** The last poll falls on the moment when time is out; its answer is waited for so much longer. */
const lastAnswerMs = 1000

/**
 * Waits for one task; see `DbsClient.waitForDownloadTask`.
 * @throws TaskFailedError, WaitTimeoutError, NotFoundError
 */
export async function waitForTask(
  { getTask, clock, random }: WaitParts,
  taskId: string,
  options: WaitForTaskOptions,
): Promise<DownloadTask> {
  const { until = 'finish', timeout = '2h', interval, onPoll } = options
  const timeoutMs = parseDuration(timeout, 'timeout')
  using deadline = startDeadline(clock, timeoutMs + lastAnswerMs, () => new TimedOutError(timeoutMs), options.signal)
  const { signal } = deadline
  const startedAt = clock.monotonic()
  const seen = new Map<string, number>()
  let last: DownloadTask | undefined
  const poll = async (): Promise<DownloadTask | undefined> => {
    if (signal.aborted) throw abortErrorOf(signal)
    const task = await getTask(taskId, signal)
    const status = task === undefined ? 'missing' : (task.backupSetDownloadStatus ?? 'no status')
    seen.set(status, (seen.get(status) ?? 0) + 1)
    last = task ?? last
    onPoll?.(task)
    return task
  }
  const done = (task: DownloadTask | undefined): boolean => {
    if (task !== undefined) return taskVerdict(task, until) !== 'not yet'
    return last === undefined && clock.monotonic() - startedAt >= missingForMs
  }
  const pauseOf = growingPause(random, interval === undefined ? undefined : parseDuration(interval, 'interval'))
  const pauseMs = (polls: number): number =>
    // so that a poll falls on the moment from which a missing task is not there
    last === undefined ? Math.min(pauseOf(polls), startedAt + missingForMs - clock.monotonic()) : pauseOf(polls)
  const { value: task, timedOut } = await waitUntil(poll, done, { clock, pauseMs, deadlineMs: startedAt + timeoutMs, signal }).catch(
    (error: unknown) => {
      if (!signal.aborted || options.signal?.aborted === true) throw error
      throw new WaitTimeoutError(taskId, until, timeoutMs, seen, last)
    },
  )
  if (last === undefined)
    throw new NotFoundError(`Task ${JSON.stringify(taskId)} did not appear.`, {
      hint: 'Check the id: backset list --plan ID shows the tasks of a plan.',
    })
  if (timedOut || task === undefined) throw new WaitTimeoutError(taskId, until, timeoutMs, seen, last)
  if (taskVerdict(task, until) === 'failed') throw new TaskFailedError(task)
  return task
}
