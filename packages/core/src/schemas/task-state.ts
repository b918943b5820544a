/** Our group of a status; an unknown word is `unknown`, never an error. */
export const taskStates = ['active', 'done', 'failed', 'suspended', 'unknown'] as const
export type TaskState = (typeof taskStates)[number]

/** The words DBS documents for BackupSetDownloadStatus. `init` is a failed precheck, `stop` a failed task. */
export const taskStatuses = ['checking', 'init', 'check_pass', 'pause', 'schedule', 'running', 'stop', 'finish'] as const
export type TaskStatus = (typeof taskStatuses)[number]

const states: Readonly<Record<TaskStatus, TaskState>> = {
  checking: 'active',
  init: 'failed',
  check_pass: 'active',
  pause: 'suspended',
  schedule: 'active',
  running: 'active',
  stop: 'failed',
  finish: 'done',
}

export const stateOf = (status: string | undefined): TaskState =>
  status !== undefined && Object.hasOwn(states, status) ? states[status as TaskStatus] : 'unknown'
