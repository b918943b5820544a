import type { Clock, DownloadTask, Listing, ListOptions } from '@backset/core'
import { isPassing } from '../passing.js'
import { RecentFailures, shortPauses } from '../recent-failures.js'
import { Snapshot } from './snapshot.js'
import { sourceKey, type Source } from './source.js'

export interface StoreParts {
  /** Opens the list of a source; a listing that cannot be proved ends with its proof, and whoever reads judges it. */
  readonly list: (source: Source, options: ListOptions<DownloadTask>) => Listing<DownloadTask>
  /** Throws when an empty list stands for none at all, as for a plan that is not there. @default takes it as it is */
  readonly confirmEmpty?: ((source: Source, signal: AbortSignal) => Promise<void>) | undefined
  /** How old a snapshot may be when it is read, milliseconds. */
  readonly maxAgeMs: number
  /** How old it may be when DBS cannot be asked, milliseconds. */
  readonly staleIfErrorMs: number
  /** Rows of all snapshots together. @default 200000 */
  readonly maxRows?: number | undefined
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  /** Told of each reading of a source, for metrics. */
  readonly onRead?: ((freshness: Freshness) => void) | undefined
}

/** How an answer came about, for `Cache-Status`: kept, asked for, asked for by another reader, or kept because DBS failed. */
export type Freshness = 'hit' | 'miss' | 'collapsed' | 'stale'

/** A snapshot that stays while it is held. */
export interface Held extends Disposable {
  readonly snapshot: Snapshot
  readonly freshness: Freshness
}

/**
 * Snapshots by source and by version. The newest of a source answers while it is fresh; older versions answer the cursors that name them, until
 * room is needed: the least recently read go first.
 */
export class SnapshotStore {
  readonly #parts: StoreParts
  readonly #maxRows: number
  /** By source: the one under way. */
  readonly #filling = new Map<string, Snapshot>()
  /** By source: the newest that is whole. */
  readonly #newest = new Map<string, Snapshot>()
  /** Whole ones by version, the least recently read first. */
  readonly #byVersion = new Map<string, Snapshot>()
  /** Rows each has, or will have as the service says. */
  readonly #reserved = new Map<Snapshot, number>()
  /** Those that something has happened after: they are not fresh, however young. */
  readonly #outdated = new WeakSet<Snapshot>()
  /** By source. */
  readonly #failures: RecentFailures

  constructor(parts: StoreParts) {
    this.#parts = parts
    this.#maxRows = parts.maxRows ?? 200_000
    this.#failures = new RecentFailures(() => parts.clock.monotonic())
  }

  /** What is kept, whole or under way. */
  get size(): { readonly snapshots: number; readonly rows: number } {
    return { snapshots: this.#byVersion.size + this.#filling.size, rows: this.#rows }
  }

  /**
   * The snapshot that answers for a source now: a fresh one, or the one under way, or a new one.
   * @param maxAgeMs how old it may be. @default the store's
   */
  open(source: Source, maxAgeMs: number = this.#parts.maxAgeMs): Held {
    const key = sourceKey(source)
    const newest = this.fresh(key, maxAgeMs)
    if (newest !== undefined) return this.#hold(newest, 'hit')
    const filling = this.#joinable(key)
    if (filling !== undefined) return this.#hold(filling, 'collapsed')
    return this.#hold(this.#fill(source, key), 'miss')
  }

  /**
   * The same for whoever should not wait for what is in trouble: after a failure one walk at a time finds out whether it has passed, and meanwhile what is
   * known answers at once.
   * @throws the failure, while it is too early to ask again and nothing is known that is young enough
   */
  openForReader(source: Source): Held {
    const key = sourceKey(source)
    const failure = this.fresh(key) === undefined ? this.#failures.of(key) : undefined
    if (failure !== undefined && (failure.told !== undefined || this.#joinable(key) !== undefined)) {
      const stale = this.openStale(source)
      if (stale !== undefined) return stale
      if (failure.told !== undefined) throw failure.told
    }
    return this.open(source)
  }

  /** What happened to a source just now shall show: whoever opens it next reads it anew. What is known still answers when DBS cannot be asked. */
  expire(source: Source): void {
    const key = sourceKey(source)
    for (const snapshot of [this.#filling.get(key), this.#newest.get(key)]) {
      if (snapshot !== undefined) this.#outdated.add(snapshot)
    }
  }

  /** The fresh snapshot of a source, by the key that its snapshots have; nothing is asked for where there is none. */
  fresh(key: string, maxAgeMs: number = this.#parts.maxAgeMs): Snapshot | undefined {
    const newest = this.#newest.get(key)
    return newest !== undefined && newest.ageMs <= maxAgeMs && !this.#outdated.has(newest) ? this.#touch(newest) : undefined
  }

  /** The whole snapshot of a version, however old. */
  ofVersion(version: string): Snapshot | undefined {
    const snapshot = this.#byVersion.get(version)
    return snapshot && this.#touch(snapshot)
  }

  /** A whole snapshot that is too old, for when DBS cannot be asked. */
  openStale(source: Source): Held | undefined {
    const newest = this.#newest.get(sourceKey(source))
    return newest === undefined || newest.ageMs > this.#parts.staleIfErrorMs ? undefined : this.#hold(newest, 'stale')
  }

  /** The whole snapshot of a version, as a cursor names it; undefined when it is gone. */
  openVersion(version: string): Held | undefined {
    const snapshot = this.#byVersion.get(version)
    return snapshot === undefined ? undefined : this.#hold(snapshot, 'hit')
  }

  #joinable(key: string): Snapshot | undefined {
    const filling = this.#filling.get(key)
    return filling === undefined || filling.isAbandoned || this.#outdated.has(filling) ? undefined : filling
  }

  #hold(snapshot: Snapshot, freshness: Freshness): Held {
    this.#parts.onRead?.(freshness)
    const reader = this.#touch(snapshot).enter()
    return { snapshot, freshness, [Symbol.dispose]: () => reader[Symbol.dispose]() }
  }

  #touch(snapshot: Snapshot): Snapshot {
    if (this.#byVersion.delete(snapshot.version)) this.#byVersion.set(snapshot.version, snapshot)
    return snapshot
  }

  #fill(source: Source, key: string): Snapshot {
    const { list, clock, confirmEmpty } = this.#parts
    const snapshot: Snapshot = new Snapshot({
      source,
      open: (signal) => list(source, { signal, allowIncomplete: true, leftMs: shortPauses }),
      reserve: (rows) => this.#reserve(snapshot, rows),
      onEnd: (failure) => this.#settle(snapshot, key, failure),
      confirmEmpty: async (signal) => confirmEmpty?.(source, signal),
      clock,
    })
    this.#filling.set(key, snapshot)
    return snapshot
  }

  #settle(snapshot: Snapshot, key: string, failure: Error | undefined): void {
    if (this.#filling.get(key) === snapshot) this.#filling.delete(key)
    if (isPassing(failure)) this.#failures.note(key, failure)
    else if (!snapshot.isAbandoned) this.#failures.forget(key)
    if (!snapshot.isWhole) {
      this.#reserved.delete(snapshot)
      return
    }
    const same = this.#byVersion.get(snapshot.version)
    if (same !== undefined) this.#drop(same)
    this.#byVersion.set(snapshot.version, snapshot)
    // One that began before an expiry may end after its successor.
    const newest = this.#newest.get(key)
    if (newest === undefined || !this.#outdated.has(snapshot) || this.#outdated.has(newest)) this.#newest.set(key, snapshot)
  }

  /** Makes room, and keeps it; false where there is none, and then nothing is given up for it. */
  #reserve(snapshot: Snapshot, rows: number): boolean {
    const idle = [...this.#byVersion.values()].filter(({ readers }) => readers === 0)
    let excess = this.#rows - (this.#reserved.get(snapshot) ?? 0) + rows - this.#maxRows
    if (excess > idle.reduce((sum, one) => sum + (this.#reserved.get(one) ?? 0), 0)) return false
    for (const one of idle) {
      if (excess <= 0) break
      excess -= this.#reserved.get(one) ?? 0
      this.#drop(one)
    }
    this.#reserved.set(snapshot, rows)
    return true
  }

  #drop(snapshot: Snapshot): void {
    this.#reserved.delete(snapshot)
    this.#byVersion.delete(snapshot.version)
    if (this.#newest.get(snapshot.key) === snapshot) this.#newest.delete(snapshot.key)
  }

  get #rows(): number {
    return [...this.#reserved.values()].reduce((sum, rows) => sum + rows, 0)
  }
}
