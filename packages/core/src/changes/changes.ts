import type { DownloadTask } from '../schemas/download-task.js'
import { sameTask } from '../schemas/present.js'

/** What can happen to a task between two looks. */
export const taskEventNames = ['created', 'changed', 'finished', 'failed', 'gone'] as const
export type TaskEventName = (typeof taskEventNames)[number]

/** What happened to one task; a task has at most one event a look. */
export interface TaskEvent {
  readonly event: TaskEventName
  /** As the later look shows it; a task that is gone, as it was last seen. */
  readonly task: DownloadTask
  /** As the earlier look shows it; absent for a task that is new. */
  readonly before?: DownloadTask
}

/**
 * Compares two looks at a list: the later one's tasks in their order, then those that are gone. `finished` and `failed` say that a task came to that state; a
 * task first seen is `created`, whatever its state. Links take no part. That a task is missing proves nothing unless both looks were proved complete.
 */
export function* changesBetween(earlier: Iterable<DownloadTask>, later: Iterable<DownloadTask>): Generator<TaskEvent, void, undefined> {
  const left = new Map<string, DownloadTask>()
  for (const task of earlier) left.set(taskKey(task), task)
  const seen = new Set<string>()
  for (const task of later) {
    const key = taskKey(task)
    if (seen.has(key)) continue
    seen.add(key)
    const before = left.get(key)
    left.delete(key)
    if (before === undefined) yield { event: 'created', task }
    else if (!sameTask(before, task)) yield { event: eventOf(before, task), task, before }
  }
  for (const before of left.values()) yield { event: 'gone', task: before, before }
}

function eventOf(before: DownloadTask, { state }: DownloadTask): TaskEventName {
  if (state === before.state) return 'changed'
  return state === 'done' ? 'finished' : state === 'failed' ? 'failed' : 'changed'
}

/** A task among those of several regions and profiles; ids are unique within one. */
export const taskKey = ({ profile = '', region = '', backupSetDownloadTaskId: id }: DownloadTask): string => `${profile}\n${region}\n${id}`
