import { compileFilter, parseSort, SummaryFold, type DownloadTask, type Summary } from '@backset/core'
import type { Snapshot } from '../snapshots/snapshot.js'
import { filterOf, type Address } from './address.js'

/** A list as an address asks for it, whole. */
export interface ListView {
  /** What the filter let through, in the order asked for. */
  readonly rows: readonly DownloadTask[]
  /** The same in numbers. */
  readonly summary: Summary
}

/** Views of each snapshot, so that paging through a long list filters and sorts it once. They go when the snapshot goes. */
export class ListViews {
  readonly #kept = new WeakMap<Snapshot, Map<string, ListView>>()
  readonly #timeZone: string

  constructor(timeZone: string) {
    this.#timeZone = timeZone
  }

  /**
   * @param now epoch milliseconds; what `7d` counts back from
   * @throws InputError for a filter or an order that cannot be meant
   */
  of(snapshot: Snapshot, address: Address, now: number): ListView {
    const views = this.#kept.get(snapshot) ?? new Map<string, ListView>()
    this.#kept.set(snapshot, views)
    // To the minute: a filter of the last days lets another task through then, if ever.
    const key = JSON.stringify([filterOf(address), address.sort, address.order, Math.floor(now / 60_000)])
    const known = views.get(key)
    if (known !== undefined) return known
    const view = this.#build(snapshot.rows, address, now)
    for (const oldest of [...views.keys()].slice(0, Math.max(views.size - mostViews + 1, 0))) views.delete(oldest)
    views.set(key, view)
    return view
  }

  #build(all: readonly DownloadTask[], address: Address, now: number): ListView {
    const passes = compileFilter(filterOf(address), { now: new Date(now), timeZone: this.#timeZone })
    const order = address.sort === undefined ? undefined : parseSort(address.sort)
    const fold = new SummaryFold({ timeZone: this.#timeZone, slowest: 0, maxGroups: 10_000 })
    const filtered = all.filter(passes)
    for (const task of filtered) fold.add(task)
    const sorted = order === undefined ? filtered : filtered.toSorted(address.order === 'desc' ? (a, b) => order(b, a) : order)
    return { rows: sorted, summary: fold.summary() }
  }
}

const mostViews = 4
