import { changesBetween, taskKey, type DownloadTask, type TaskEvent, type TaskEventName } from '@backset/core'
import type { Batches } from '@backset/formats'
import { lookLine, sourceKey, type LastLook, type SeenTask } from './last-look.js'
import type { SourceBatch } from './read-sources.js'

export type ChangedTask = DownloadTask & { readonly change: TaskEventName }

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
 * now or passed it then. The earlier look is held in memory, about 1 KB a task.
 */
export async function* onlyChanges(
  batches: AsyncIterable<SourceBatch>,
  { last, test, keep, isProved }: ChangesOptions,
): Batches<DownloadTask> {
  const left = new Map<string, SeenTask>(last?.tasks)
  for await (const { source, tasks } of batches) {
    const key = sourceKey(source)
    await keep(tasks.map((task) => lookLine(key, task)).join(''))
    const before = tasks.flatMap((task) => left.get(taskKey(task))?.task ?? [])
    for (const task of tasks) left.delete(taskKey(task))
    const passed =
      last === undefined ? tasks.filter(test) : [...changesBetween(before, tasks)].filter((event) => counts(event, test)).map(changed)
    if (passed.length > 0) yield passed
  }
  const gone: DownloadTask[] = []
  for (const { source, task } of left.values()) {
    if (isProved(source)) gone.push(task)
    else await keep(lookLine(source, task))
  }
  const passed = [...changesBetween(gone, [])].filter((event) => counts(event, test)).map(changed)
  if (passed.length > 0) yield passed
}

const counts = ({ task, before }: TaskEvent, test: (task: DownloadTask) => boolean): boolean =>
  test(task) || (before !== undefined && test(before))

const changed = ({ event, task }: TaskEvent): ChangedTask => ({ ...task, change: event })
