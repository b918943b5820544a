import { DbsError, type DownloadTask, type Listing } from '@backset/core'
import { SnapshotStore } from '../src/snapshots/store.js'

export const task = (id: string): DownloadTask => ({ backupSetDownloadTaskId: id, state: 'done' })
export const plan = (backupPlanId: string) => ({ region: 'cn-hangzhou', backupPlanId })

/** A store over lists that are fed by hand. */
export function openStore({ maxRows = 10, maxAgeMs = 5000 } = {}) {
  let time = 0
  const walks: { readonly source: string; readonly signal: AbortSignal; readonly feed: Feed }[] = []
  const store = new SnapshotStore({
    list: ({ backupPlanId = '' }, { signal = new AbortController().signal }) => {
      const feed = new Feed()
      walks.push({ source: backupPlanId, signal, feed })
      return feed.listing(signal)
    },
    maxAgeMs,
    staleIfErrorMs: 60_000,
    maxRows,
    clock: { now: () => time, monotonic: () => time },
  })
  return { store, walks, pass: (ms: number) => (time += ms) }
}

class Feed {
  #steps: (readonly DownloadTask[] | Error | 'end')[] = []
  #wake = (): void => undefined

  give(...steps: (readonly DownloadTask[] | Error | 'end')[]): void {
    this.#steps.push(...steps)
    this.#wake()
  }

  listing(signal: AbortSignal): Listing<DownloadTask> {
    const next = async () => {
      while (this.#steps.length === 0) {
        await new Promise<void>((resolve, reject) => {
          this.#wake = resolve
          signal.addEventListener('abort', () => reject(new DbsError('aborted', 'Aborted.')), { once: true })
        })
      }
      return this.#steps.shift()
    }
    return {
      proof: { verdict: 'sealed' },
      async *pages() {
        for (;;) {
          const step = await next()
          if (step instanceof Error) throw step
          if (step === 'end' || step === undefined) return
          yield { pageNum: 0, items: step }
        }
      },
    } as unknown as Listing<DownloadTask>
  }
}

export const forever: AbortSignal = new AbortController().signal
