import type { TaskEvent } from '@backset/core'
import type { WatchedList } from './watched-list.js'

/** How people or programs are told of what is seen. */
export interface View extends AsyncDisposable {
  /** Takes what is new in a list; resolves when more may come. */
  readonly tell: (events: readonly TaskEvent[], list: WatchedList) => Promise<void>
  /** After each look, good or failed. */
  readonly looked: (list: WatchedList) => Promise<void>
}
