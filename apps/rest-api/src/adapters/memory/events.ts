import { EventIds } from '../../events/event-id.js'
import { ReplayRing } from '../../events/replay.js'
import type { Events, StoredEvent } from '../../ports/events.js'

export interface MemoryEventsOptions {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Events that are kept of a list. @default 1000 */
  readonly keep?: number | undefined
}

interface Log {
  readonly ring: ReplayRing<StoredEvent>
  readonly subscribers: Set<(event: StoredEvent) => void>
}

/** Events in this process alone. */
export function memoryEvents({ now, keep = 1000 }: MemoryEventsOptions): Events {
  const ids = new EventIds(now)
  const logs = new Map<string, Log>()
  const logOf = (key: string): Log => {
    const known = logs.get(key)
    if (known !== undefined) return known
    const log: Log = { ring: new ReplayRing(ids.next(), keep), subscribers: new Set() }
    logs.set(key, log)
    return log
  }
  return {
    async publish(key, events) {
      const { ring, subscribers } = logOf(key)
      for (const event of events) {
        const stored = { ...event, id: ids.next() }
        ring.add(stored)
        for (const tell of subscribers) tell(stored)
      }
      return events.length
    },
    replay: async (key, afterId) => logOf(key).ring.after(afterId) ?? 'reset',
    latestId: async (key) => logOf(key).ring.latestId,
    subscribe(key, on) {
      const { subscribers } = logOf(key)
      subscribers.add(on)
      return { [Symbol.dispose]: () => void subscribers.delete(on) }
    },
    forget: (key) => void logs.delete(key),
  }
}
