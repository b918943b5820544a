import type { ListPage } from '../operations/envelope.js'
import type { DownloadTask } from '../schemas/download-task.js'

/** A list as it was read from end to end. */
export interface WholeLook {
  readonly tasks: readonly DownloadTask[]
  /** Whether it is proved that no task is missing in it. */
  readonly isProved: boolean
}

/** How a poller sees a list; each look begins after it was asked for. */
export interface Sight {
  /** Rows a page, as asked. */
  readonly pageSize: number
  /** One page, counted from 0. */
  readonly page: (pageNum: number, signal: AbortSignal) => Promise<ListPage<DownloadTask>>
  /** One task by its id; undefined when it is not shown. */
  readonly task: (taskId: string, signal: AbortSignal) => Promise<DownloadTask | undefined>
  readonly whole: (signal: AbortSignal) => Promise<WholeLook>
}
