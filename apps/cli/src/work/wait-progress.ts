import type { Clock, DbsClient, DownloadTask } from '@backset/core'
import type { LiveLines } from '../output/live-lines.js'
import { waitLines } from '../output/wait-lines.js'
import { usualDuration } from './usual-duration.js'

/** Pages of the plan's tasks that an estimate is worth. */
const mostPages = 3

export interface WaitProgress extends AsyncDisposable {
  /** What a poll saw. */
  readonly look: (taskId: string, task: DownloadTask | undefined) => void
}

/**
 * Shows on a terminal how far tasks are, and about how long they will take: one bounded look at the tasks of the plan of the first of them tells how long
 * those took. Elsewhere it does and asks nothing.
 */
export function openWaitProgress(taskIds: readonly string[], lines: LiveLines, client: DbsClient, clock: Clock): WaitProgress {
  if (!lines.isShown) return { look: () => undefined, [Symbol.asyncDispose]: async () => undefined }
  const stop = new AbortController()
  const tasks = new Map<string, DownloadTask | undefined>(taskIds.map((taskId) => [taskId, undefined]))
  let finished: readonly DownloadTask[] = []
  let asking: Promise<void> | undefined
  const usualOf = (task: DownloadTask | undefined): number | undefined => task && usualDuration(task, finished)
  const draw = (): void => {
    const looks = [...tasks].map(([taskId, task]) => ({ taskId, task, usualMs: usualOf(task) }))
    lines.draw(waitLines(looks, clock.now()))
  }
  const ask = async (backupPlanId: string): Promise<void> => {
    // What goes wrong here is no fault of the wait: then there is no estimate.
    finished = await finishedOf(client, backupPlanId, stop.signal).catch(() => [])
    if (!stop.signal.aborted) draw()
  }
  const tick = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await clock.sleep(1000, stop.signal).catch(() => undefined)
      if (!stop.signal.aborted) draw()
    }
  }
  const ticking = tick()
  return {
    look(taskId, task) {
      tasks.set(taskId, task ?? tasks.get(taskId))
      const { state, backupPlanId } = task ?? {}
      if (state === 'active' && backupPlanId !== undefined) asking ??= ask(backupPlanId)
      draw()
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await Promise.all([ticking, asking])
      await lines.clear()
    },
  }
}

const hasFinished = ({ state }: DownloadTask): boolean => state === 'done'

async function finishedOf(client: DbsClient, backupPlanId: string, signal: AbortSignal): Promise<readonly DownloadTask[]> {
  const tasks: DownloadTask[] = []
  let pages = 0
  for await (const { items } of client
    .listDownloadTasks({ backupPlanId }, { filter: hasFinished, lookahead: 1, allowIncomplete: true, signal })
    .pages()) {
    tasks.push(...items)
    if (++pages === mostPages) break
  }
  return tasks
}
