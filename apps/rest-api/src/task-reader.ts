import { DbsError, type DownloadTask } from '@backset/core'
import { noSuchTask } from './no-such.js'
import type { Held, SnapshotStore } from './snapshots/store.js'
import type { Source } from './snapshots/source.js'

/** Codes after which what is known serves better than an error: DBS, or the way to it, is in trouble, and the question is not. */
const passing: readonly string[] = [
  'throttled',
  'service-unavailable',
  'unreachable',
  'timed-out',
  'unreadable-answer',
  'answer-too-large',
  'refused',
]

/** Whether an old answer serves better than this error. */
export const isPassing = (error: unknown): boolean => error instanceof DbsError && passing.includes(error.code)

/** What routes need of the tasks: whole lists, fresh or, while DBS cannot be asked, stale. Whoever is given one lets go of it. */
export class TaskReader {
  readonly #store: SnapshotStore

  constructor(store: SnapshotStore) {
    this.#store = store
  }

  /**
   * A list, once it is whole.
   * @throws DbsError when DBS could not be asked and nothing is known that is young enough
   */
  async wholeList(source: Source, signal: AbortSignal): Promise<Held> {
    const held = this.#store.open(source)
    try {
      await held.snapshot.whenWhole(signal)
      return held
    } catch (error) {
      held[Symbol.dispose]()
      const stale = isPassing(error) && !signal.aborted ? this.#store.openStale(source) : undefined
      if (stale === undefined) throw error
      return stale
    }
  }

  /**
   * One task, its links masked.
   * @throws NotFoundError when DBS shows no task of that id
   */
  async task(
    source: Source & { readonly backupSetDownloadTaskId: string },
    signal: AbortSignal,
  ): Promise<Held & { readonly task: DownloadTask }> {
    const held = await this.wholeList(source, signal)
    const id = source.backupSetDownloadTaskId
    const task = held.snapshot.rows.find(({ backupSetDownloadTaskId }) => backupSetDownloadTaskId === id)
    if (task !== undefined) return { ...held, task }
    held[Symbol.dispose]()
    throw noSuchTask(id)
  }
}
