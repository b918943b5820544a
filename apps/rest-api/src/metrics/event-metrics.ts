import { Counter, Gauge, type Registry } from 'prom-client'
import type { EventFeeds } from '../events/feeds.js'

/** What the streams of events are at when they are looked at. */
export function eventMetrics(registry: Registry, feeds: Pick<EventFeeds, 'counts'>): void {
  const gauge = (name: string, help: string, value: () => number): void => {
    const made: Gauge = new Gauge({ name, help, registers: [registry], collect: () => made.set(value()) })
  }
  /** Of what is counted elsewhere: since the start, and never less. */
  const counter = (name: string, help: string, value: () => number): void => {
    const made: Counter = new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        made.reset()
        made.inc(value())
      },
    })
  }
  gauge('backset_event_readers', 'Streams of events that are open', () => feeds.counts.readers)
  gauge('backset_event_pollers', 'Lists that are looked at for them', () => feeds.counts.pollers)
  gauge('backset_event_lag_seconds', 'Since the last good look at the list that is worst off', () => feeds.counts.lagMs / 1000)
  counter('backset_events_sent_total', 'Events given to readers, each reader counted', () => feeds.counts.sent)
  counter('backset_event_readers_too_slow_total', 'Streams closed because their reader did not read', () => feeds.counts.slowReadersClosed)
}
