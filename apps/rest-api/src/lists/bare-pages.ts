import { describeBackupSetDownloadTaskList, type DownloadTask, type ListPage } from '@backset/core'
import { shortPauses } from '../recent-failures.js'
import { SharedReads, type SharedRead } from '../shared-reads.js'
import type { Source } from '../snapshots/source.js'
import type { Upstream } from '../upstream.js'

/** Which page of DBS. */
export interface BarePage {
  readonly source: Source
  readonly pageNum: number
  readonly pageSize: 30 | 50 | 100
}

/** Single pages of DBS, each asked anew; who asks for the same at the same time shares the answer. */
export class BarePages {
  readonly #reads: SharedReads<ListPage<DownloadTask>>

  /** @param now milliseconds that never go back */
  constructor(upstream: Pick<Upstream, 'clientFor'>, now: () => number) {
    this.#reads = new SharedReads({
      read: async (key, signal) => {
        const { source, pageNum, pageSize } = JSON.parse(key) as BarePage
        const { region, ...query } = source
        return upstream
          .clientFor(region)
          .send(describeBackupSetDownloadTaskList, { ...query, pageNum, pageSize }, { signal, leftMs: shortPauses })
      },
      // Nothing is kept.
      maxAgeMs: -1,
      staleIfErrorMs: -1,
      most: 0,
      now,
    })
  }

  async get({ source, pageNum, pageSize }: BarePage, signal: AbortSignal): Promise<SharedRead<ListPage<DownloadTask>>> {
    return this.#reads.get(JSON.stringify({ source, pageNum, pageSize } satisfies BarePage), signal)
  }
}
