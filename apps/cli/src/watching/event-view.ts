import { present, type Clock, type DownloadTask } from '@backset/core'
import { exactJson } from '@backset/formats'
import type { View } from './view.js'
import { taskOf, type WatchedList } from './watched-list.js'

export interface EventViewOptions {
  readonly filter: (task: DownloadTask) => boolean
  readonly links: 'masked' | 'full'
  readonly clock: Clock
  readonly write: (text: string) => Promise<void>
  /** Where people are told that looks fail. */
  readonly warn: (text: string) => Promise<void>
}

/** A line of JSON for each event: `{event, at, task}`. */
export function openEventView({ filter, links, clock, write, warn }: EventViewOptions): View {
  const troubled = new Set<WatchedList>()
  return {
    async tell(events, list) {
      const at = new Date(clock.now()).toISOString()
      // A task that leaves the selection is news for whoever watches it.
      const wanted = events.filter(({ task, before }) => filter(task) || (before !== undefined && filter(before)))
      const lines = wanted.map(({ event, task }) => `${exactJson({ event, at, task: present(taskOf(list, task), { links }) })}\n`)
      if (lines.length > 0) await write(lines.join(''))
    },
    async looked(list) {
      const { failure, source } = list
      if ((failure !== undefined) === troubled.has(list)) return
      if (failure === undefined) troubled.delete(list)
      else troubled.add(list)
      const plan = `plan ${JSON.stringify(source.backupPlanId)}`
      await warn(
        failure === undefined
          ? `The tasks of ${plan} are seen again.`
          : `The tasks of ${plan} cannot be seen now: ${failure.message} It is tried again.`,
      )
    },
    async [Symbol.asyncDispose]() {
      // Nothing was opened.
    },
  }
}
