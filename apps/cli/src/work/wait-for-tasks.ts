import type { DbsClient, WaitedTask, Waypoint } from '@backset/core'
import type { Context } from '../command.js'
import type { LiveLines } from '../output/live-lines.js'
import type { Session } from '../session.js'
import { openWaitProgress } from './wait-progress.js'

export interface HowToWait {
  readonly client: DbsClient
  readonly until?: Waypoint | undefined
  /** Milliseconds. */
  readonly interval: number | undefined
  /** Milliseconds. @default what is left of the command's time, or two hours */
  readonly timeout?: number | undefined
  readonly lines: LiveLines
}

/** What waits without a `--timeout` has so long. */
const usualTimeoutMs = 2 * 3_600_000

/** Waits as long as the command's time lasts; a terminal shows how far things are. */
export async function waitForTasks(
  taskIds: readonly string[],
  { client, until, interval, timeout: given, lines }: HowToWait,
  { leftMs, signal }: Session,
  { clock }: Context,
): Promise<readonly WaitedTask[]> {
  const left = leftMs()
  const timeout = given ?? (left === Infinity ? usualTimeoutMs : Math.round(left))
  await using progress = openWaitProgress(taskIds, lines, client, clock)
  return await client.waitForDownloadTasks(taskIds, {
    until,
    timeout,
    interval,
    signal,
    onPoll: (task, taskId) => progress.look(taskId, task),
  })
}
