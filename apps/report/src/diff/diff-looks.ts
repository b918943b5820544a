import { changesBetween, taskKey, type DownloadTask, type TaskEventName } from '@backset/core'
import { wrongFile } from '../exports/wrong-file.js'
import { commonFields } from './common-fields.js'
import { tasksOf, type Look } from './look.js'

export type Diff = Readonly<Record<TaskEventName, readonly DownloadTask[]>>

/**
 * What happened to the tasks between two exports. The earlier one is held in memory, about 1 KB a task; the later one streams.
 * @throws InputError for exports that cannot be compared, DbsError `wrong-file` for one that is broken
 */
export async function diffLooks(old: Look, later: Look, signal: AbortSignal): Promise<Diff> {
  const options = { fields: commonFields(old, later), signal }
  const left = new Map<string, DownloadTask | 'seen'>()
  for await (const tasks of tasksOf(old, options)) {
    for (const task of tasks) {
      const key = taskKey(task)
      if (left.has(key)) throw twice(old, task)
      left.set(key, task)
    }
  }
  const diff: Record<TaskEventName, DownloadTask[]> = { created: [], changed: [], finished: [], failed: [], gone: [] }
  for await (const tasks of tasksOf(later, options)) {
    const before: DownloadTask[] = []
    for (const task of tasks) {
      const key = taskKey(task)
      const known = left.get(key)
      if (known === 'seen') throw twice(later, task)
      if (known !== undefined) before.push(known)
      left.set(key, 'seen')
    }
    for (const { event, task } of changesBetween(before, tasks)) diff[event].push(task)
  }
  for (const task of left.values()) if (task !== 'seen') diff.gone.push(task)
  return diff
}

const twice = ({ name }: Look, { backupSetDownloadTaskId: id }: DownloadTask) =>
  wrongFile(`Task ${JSON.stringify(id)} stands twice in ${name}, so nobody can tell which one counts.`)
