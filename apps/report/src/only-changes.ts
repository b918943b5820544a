import { changesBetween, taskFingerprint, taskKey, type DownloadTask, type TaskEventName, type TaskState } from '@backset/core'
import type { Batches } from '@backset/formats'
import { lookLine, sourceKey, type LastLook } from './last-look.js'
import type { SourceBatch } from './read-sources.js'

type ChangedTask = DownloadTask & { readonly change: TaskEventName }

export interface ChangesOptions {
  /** Undefined: everything is new, and nothing is said of it. */
  readonly last: LastLook | undefined
  readonly test: (task: DownloadTask) => boolean
  /** Takes the lines of the look that is kept for the next run. */
  readonly keep: (text: string) => Promise<void>
  /** Whether a list was read to a proved end, so that what is not in it is gone; asked when all have ended. */
  readonly isProved: (source: string) => boolean
}

/**
 * What happened to the tasks since the last look, in the order of the lists, then those that are gone, as last seen. A task counts when it passes the filter
 * now or passed it then.
 */
export async function* onlyChanges(
  batches: AsyncIterable<SourceBatch>,
  { last, test, keep, isProved }: ChangesOptions,
): Batches<DownloadTask> {
  for await (const { source, tasks } of batches) {
    const key = sourceKey(source)
    await keep(tasks.map((task) => lookLine(key, task)).join(''))
    const passed = last === undefined ? tasks.filter(test) : tasks.flatMap((task) => changeOf(task, last, test))
    if (passed.length > 0) yield passed
  }
  if (last === undefined) return
  for await (const { source, task } of last.tasks()) {
    if (last.index.wasMet(taskKey(task))) continue
    const gone: ChangedTask = { ...task, change: 'gone' }
    if (!isProved(source)) await keep(lookLine(source, task))
    else if (test(task)) yield [gone]
  }
}

function changeOf(task: DownloadTask, { index }: LastLook, test: (task: DownloadTask) => boolean): readonly ChangedTask[] {
  const before = index.meet(taskKey(task), taskFingerprint(task))
  if (before?.isSame === true || !(test(task) || before?.passed === true)) return []
  return [{ ...task, change: before === undefined ? 'created' : wordFor(before.state, task) }]
}

/** What to call it that a task tells something else now: where its state is another one, core says it. */
export function wordFor(state: TaskState, task: DownloadTask): TaskEventName {
  const [event] = changesBetween([{ ...task, state }], [task])
  return event?.event ?? 'changed'
}
