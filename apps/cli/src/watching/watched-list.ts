import { KnownTasks, type DownloadTask } from '@backset/core'
import type { Source } from '../sources.js'

/** A list of tasks that is looked at, and how the looks went. */
export interface WatchedList {
  readonly source: Source
  readonly known: KnownTasks
  /** When it was seen last, epoch milliseconds. */
  seenAt: number | undefined
  /** How the last look failed, if it did. */
  failure: Error | undefined
}

export const watchedList = (source: Source): WatchedList => ({ source, known: new KnownTasks(), seenAt: undefined, failure: undefined })

/** A task as it is shown: with its region, where several are asked. */
export const taskOf = ({ source: { region } }: WatchedList, task: DownloadTask): DownloadTask =>
  region === undefined ? task : { ...task, region }
