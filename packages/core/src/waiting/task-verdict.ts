import type { DownloadTask } from '../schemas/download-task.js'
import type { TaskStatus } from '../schemas/task-state.js'

/** Which statuses can be waited for, in the order a task goes through them. */
export const waypoints = ['checking', 'check_pass', 'schedule', 'running', 'finish'] as const satisfies readonly TaskStatus[]
export type Waypoint = (typeof waypoints)[number]

/** What a look at a task means to who waits for it. */
export type TaskVerdict = 'reached' | 'failed' | 'not yet'

/** A status is reached when the task is there or beyond it. `init` and `stop` are ends, and no good ones; an unknown word is waited out. */
export function taskVerdict({ backupSetDownloadStatus, state }: DownloadTask, until: Waypoint): TaskVerdict {
  if (state === 'failed') return 'failed'
  const place = (waypoints as readonly (string | undefined)[]).indexOf(backupSetDownloadStatus)
  return place >= waypoints.indexOf(until) ? 'reached' : 'not yet'
}
