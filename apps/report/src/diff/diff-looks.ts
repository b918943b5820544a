import { taskFingerprint, taskKey, type DownloadTask, type TaskEventName } from '@backset/core'
import { wrongFile } from '../exports/wrong-file.js'
import { LookIndex } from '../look-index.js'
import { wordFor } from '../only-changes.js'
import { commonFields } from './common-fields.js'
import { tasksOf, type Look } from './look.js'

export type Diff = Readonly<Record<TaskEventName, readonly DownloadTask[]>>

/**
 * What happened to the tasks between two exports. Both stream, the earlier one twice; held are 34 to 68 bytes of each task of the earlier one, and what happened.
 * @throws InputError for exports that cannot be compared, DbsError `wrong-file` for one that is broken
 */
export async function diffLooks(old: Look, later: Look, signal: AbortSignal): Promise<Diff> {
  const options = { fields: commonFields(old, later), signal }
  const index = await indexOf(old, options)
  const diff: Record<TaskEventName, DownloadTask[]> = { created: [], changed: [], finished: [], failed: [], gone: [] }
  const created = new Set<string>()
  for await (const tasks of tasksOf(later, options)) {
    for (const task of tasks) {
      const key = taskKey(task)
      const before = index.meet(key, taskFingerprint(task))
      if (before?.again === true || created.has(key)) throw twice(later)
      if (before === undefined) created.add(key)
      if (before?.isSame !== true) diff[before === undefined ? 'created' : wordFor(before.state, task)].push(task)
    }
  }
  for await (const tasks of tasksOf(old, options)) diff.gone.push(...tasks.filter((task) => !index.wasMet(taskKey(task))))
  return diff
}

async function indexOf(old: Look, options: Parameters<typeof tasksOf>[1]): Promise<LookIndex> {
  const index = new LookIndex()
  let count = 0
  for await (const tasks of tasksOf(old, options)) {
    for (const task of tasks) index.add(taskKey(task), taskFingerprint(task), { state: task.state, passed: true })
    count += tasks.length
    if (index.size !== count) throw twice(old)
  }
  return index
}

const twice = ({ name }: Look) => wrongFile(`A task stands twice in ${name}, so that nobody can tell which row counts.`)
