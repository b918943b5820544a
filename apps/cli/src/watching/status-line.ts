import { taskStates, type DownloadTask } from '@backset/core'
import type { WatchedList } from './watched-list.js'

export interface StatusOptions {
  readonly lists: readonly WatchedList[]
  /** Those that are shown, or would be on a longer screen. */
  readonly tasks: readonly DownloadTask[]
  /** As it was given. */
  readonly interval: string
  readonly timeZone: string
}

/** What is seen in a line: `12 tasks: 3 active, 9 done; seen 12:04:05 UTC, every 10s`; and what goes wrong in another. */
export function statusLines({ lists, tasks, interval, timeZone }: StatusOptions): readonly string[] {
  const unseen = lists.filter(({ seenAt }) => seenAt === undefined).length
  const failing = lists.flatMap(({ failure, source }) => (failure === undefined ? [] : [{ failure, plan: source.backupPlanId }]))
  const counts = taskStates.flatMap((state) => {
    const count = tasks.filter((task) => task.state === state).length
    return count === 0 ? [] : [`${count} ${state}`]
  })
  const total = `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}`
  const what = counts.length === 0 ? total : `${total}: ${counts.join(', ')}`
  // The list that was seen the longest ago: of what is older than this nothing is shown.
  const oldest = Math.min(...lists.map(({ seenAt }) => seenAt ?? Infinity))
  const notYet = lists.length === 1 ? 'not seen yet' : `${unseen} of ${lists.length} plans not seen yet`
  const when = unseen > 0 ? notYet : `seen ${clockText(oldest, timeZone)}`
  const [first] = failing
  const which = lists.length === 1 ? '' : ` ${failing.length} of ${lists.length} plans, ${first?.plan ?? ''} for one:`
  return [...(first === undefined ? [] : [`! cannot be seen now:${which} ${first.failure.message}`]), `${what}; ${when}, every ${interval}`]
}

const clockText = (at: number, timeZone: string): string =>
  Number.isFinite(at)
    ? new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' }).format(
        at,
      )
    : 'never'
