import { DbsError, describeBackupSetDownloadTaskList, present, type DownloadTask, type Sight, type WholeLook } from '@backset/core'
import type { Source } from '../snapshots/source.js'
import type { Held, SnapshotStore } from '../snapshots/store.js'
import type { Upstream } from '../upstream.js'

export interface SightParts {
  readonly upstream: Pick<Upstream, 'clientFor'>
  readonly store: Pick<SnapshotStore, 'open'>
  readonly pageSize: 30 | 50 | 100
}

/** A list of DBS with its links masked, whole looks shared with those who read it through the store. */
export function sightOf({ region, ...ids }: Source, { upstream, store, pageSize }: SightParts): Sight {
  const client = upstream.clientFor(region)
  const source = { region, ...ids }
  // That a task is not found says that the list of it alone is empty. That a plan is not found is a failure.
  const orNone = async <Value>(asked: Promise<Value>, none: Value): Promise<Value> =>
    ids.backupSetDownloadTaskId === undefined ? asked : unlessNotFound(asked, none)
  return {
    pageSize,
    async page(pageNum, signal) {
      const page = await orNone(client.send(describeBackupSetDownloadTaskList, { ...ids, pageNum, pageSize }, { signal }), {
        items: [],
        totalElements: 0,
      })
      return { ...page, items: page.items.map(masked) }
    },
    async task(taskId, signal) {
      const task = await unlessNotFound(client.getDownloadTask(taskId, { signal }), undefined)
      return task === undefined ? undefined : masked(task)
    },
    async whole(signal) {
      {
        using earlier = store.open(source, neverKept)
        if (earlier.freshness !== 'collapsed') return await orNone(lookAt(earlier, signal), nothing)
        // It began before now and may be older than what is known by now; how it ends is the business of those who asked for it.
        await earlier.snapshot.whenWhole(signal).catch(() => signal.throwIfAborted())
      }
      using own = store.open(source, neverKept)
      return await orNone(lookAt(own, signal), nothing)
    },
  }
}

const nothing: WholeLook = { tasks: [], isProved: true }

/** No kept snapshot is so young. */
const neverKept = -1

async function lookAt({ snapshot }: Held, signal: AbortSignal): Promise<WholeLook> {
  await snapshot.whenWhole(signal)
  const verdict = snapshot.proof?.verdict
  return { tasks: snapshot.rows, isProved: verdict === 'sealed' || verdict === 'settled' || verdict === 'twice' }
}

const masked = (task: DownloadTask): DownloadTask => present(task, { links: 'masked' })

async function unlessNotFound<Value, None>(asked: Promise<Value>, none: None): Promise<Value | None> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof DbsError && error.code === 'not-found') return none
    throw error
  }
}
