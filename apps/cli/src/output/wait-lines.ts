import type { DownloadTask } from '@backset/core'
import { humanText } from '@backset/formats'

const human = humanText('UTC')

/** Lines of tasks at once; a terminal that is shorter than its lines cannot take them back. */
const mostLines = 10

/** What is known of a task that is waited for. */
export interface WaitedLook {
  readonly taskId: string
  /** Undefined before the first answer, and while it is missing. */
  readonly task: DownloadTask | undefined
  /** How long such tasks take, milliseconds. */
  readonly usualMs: number | undefined
}

/** A line a task: those that have not ended first. */
export function waitLines(looks: readonly WaitedLook[], now: number): readonly string[] {
  const going = looks.filter(({ task }) => !hasEnded(task))
  const ended = looks.filter(({ task }) => hasEnded(task))
  const shown = [...going, ...ended].slice(0, looks.length > mostLines ? mostLines - 1 : mostLines)
  const lines = shown.map((look) => waitLine(look, now))
  return shown.length === looks.length ? lines : [...lines, `and ${looks.length - shown.length} more; ${ended.length} have ended`]
}

const hasEnded = (task: DownloadTask | undefined): boolean => task?.state === 'done' || task?.state === 'failed'

function waitLine({ taskId, task, usualMs }: WaitedLook, now: number): string {
  if (task === undefined) return `${taskId}  not seen yet`
  const { backupSetDownloadStatus: status = 'no status', backupSetDownloadCreateTime: created, durationMs } = task
  if (hasEnded(task)) return `${taskId}  ${status}${durationMs === undefined ? '' : `  took ${human(durationMs, 'duration')}`}`
  const sinceMs = created === undefined ? undefined : Math.max(0, Math.floor((now - Date.parse(created)) / 1000) * 1000)
  const since = sinceMs === undefined || sinceMs === 0 ? '' : `  since ${human(sinceMs, 'duration')}`
  return `${taskId}  ${status}${since}${estimate(sinceMs, usualMs)}`
}

function estimate(sinceMs: number | undefined, usualMs: number | undefined): string {
  if (sinceMs === undefined || usualMs === undefined) return ''
  const usual = human(Math.round(usualMs / 1000) * 1000, 'duration')
  return sinceMs > usualMs
    ? `  longer than the usual ${usual}`
    : `  about ${human(Math.round((usualMs - sinceMs) / 1000) * 1000, 'duration')} left`
}
