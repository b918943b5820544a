import type { DownloadTask } from '@backset/core'
import { noSuchTask } from './no-such.js'
import { isPassing } from './passing.js'
import type { Held, SnapshotStore } from './snapshots/store.js'
import type { Source } from './snapshots/source.js'

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
    const held = this.#store.openForReader(source)
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
    throw noSuchTask(id, held.snapshot.proof?.lastRequestId)
  }
}
