import type { TaskEvent } from '@backset/core'

/** An event of a list, as it is kept and sent. */
export interface StoredEvent extends TaskEvent {
  /** `<milliseconds>-<number>`, as ids of Redis streams: rising, also over lists and restarts as long as the clock does. */
  readonly id: string
}

/** The last events of each list, for those who listen and for those who come back. A list is named by the key of its source. */
export interface Events {
  /** Adds events behind all that are there, in their order, gives each an id, and tells the subscribers. What it resolves to is how many it added. */
  readonly publish: (key: string, events: readonly TaskEvent[]) => Promise<number>
  /**
   * What came after an event, in order, without a gap and without a repeat; `reset` when that cannot be told: the id is unknown, or events after it are no
   * longer kept. An event published meanwhile may be in it and be told to a subscriber, too: ids tell.
   */
  readonly replay: (key: string, afterId: string) => Promise<readonly StoredEvent[] | 'reset'>
  /** The id to come back with for everything from now on: that of the last event, or of the list's beginning. */
  readonly latestId: (key: string) => Promise<string>
  /** Tells `on` of each event from now on. */
  readonly subscribe: (key: string, on: (event: StoredEvent) => void) => Disposable
  /** Nobody has listened for a while: what is kept of a list may go. */
  readonly forget: (key: string) => void
}
