import { Counter, Gauge, type Registry } from 'prom-client'
import type { Freshness, SnapshotStore } from '../snapshots/store.js'

/** How snapshots are read: the counter to be told of each reading. */
export function readingMetrics(registry: Registry): (freshness: Freshness) => void {
  const readings = new Counter({
    name: 'backset_snapshot_readings_total',
    help: 'Readings of snapshots: hit (kept), miss (asked of DBS), collapsed (waited for the same question) or stale (DBS could not be asked)',
    labelNames: ['freshness'],
    registers: [registry],
  })
  for (const freshness of ['hit', 'miss', 'collapsed', 'stale'] satisfies Freshness[]) readings.inc({ freshness }, 0)
  return (freshness) => readings.inc({ freshness })
}

/** What the store holds when it is asked. */
export function storeMetrics(registry: Registry, store: Pick<SnapshotStore, 'size'>): void {
  const registers = [registry]
  const snapshots: Gauge = new Gauge({
    name: 'backset_snapshots',
    help: 'Snapshots kept or under way',
    registers,
    collect: () => snapshots.set(store.size.snapshots),
  })
  const rows: Gauge = new Gauge({
    name: 'backset_snapshot_rows',
    help: 'Tasks that snapshots hold or have room for',
    registers,
    collect: () => rows.set(store.size.rows),
  })
}
