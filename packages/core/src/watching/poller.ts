import type { TaskEvent } from '../changes/changes.js'
import type { Clock } from '../clock.js'
import { DbsError } from '../errors/dbs-error.js'
import type { DownloadTask } from '../schemas/download-task.js'
import { readEnds } from './ends.js'
import type { KnownTasks } from './known-tasks.js'
import type { Sight } from './sight.js'

export interface PollerParts {
  readonly sight: Sight
  /** What earlier looks showed; outlives the poller. */
  readonly known: KnownTasks
  /** Sends what is new, as often as it takes; resolves when more may come. */
  readonly publish: (events: readonly TaskEvent[]) => Promise<void>
  /** Told after each look: how it failed, if it did. */
  readonly onLook: (failure: Error | undefined) => void
  /** Between looks, milliseconds. */
  readonly intervalMs: number
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly random: () => number
}

/** However quiet the ends are, the middle is looked at, too. */
const wholeEveryMs = 5 * 60_000
/** Up to so many tasks are always asked for by their ids. */
const few = 10
const longestPauseMs = 60_000
/** Events that are published at once: far less than a reader's queue holds, so that none overflows between two. */
const batchSize = 20

/**
 * Looks at a list again and again: at its ends and at the tasks that are at work, and at the whole of it when an end changed, when something may be gone, and
 * every five minutes. A look that fails is told, and followed by another after a pause that grows to a minute.
 */
export class Poller {
  readonly #parts: PollerParts
  /** What the ends were before the last whole look. */
  #ends: string | undefined
  #wholeAt = -Infinity
  #wasProved = false

  constructor(parts: PollerParts) {
    this.#parts = parts
  }

  /** Ends when `signal` aborts, and never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, intervalMs, random, onLook } = this.#parts
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.#look(signal)
        failures = 0
        if (!signal.aborted) onLook(undefined)
      } catch (error) {
        if (signal.aborted) return
        failures++
        onLook(error instanceof Error ? error : new DbsError('internal', 'A look broke.', { cause: error }))
      }
      await clock.sleep(failures === 0 ? intervalMs : pauseAfter(failures, intervalMs, random), signal).catch(() => undefined)
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { sight, known, clock } = this.#parts
    const ends = await readEnds((pageNum) => sight.page(pageNum, signal), sight.pageSize)
    const watched = this.#watched(ends.tasks, ends.pages)
    const isDue = clock.monotonic() - this.#wholeAt >= wholeEveryMs || (known.isInDoubt && this.#wasProved)
    if (isDue || ends.signature !== this.#ends || watched === undefined) {
      const { tasks, isProved } = await sight.whole(signal)
      if (!(await this.#publish(known.changesInWhole(tasks, isProved), signal))) return
      known.acceptWhole(tasks, isProved)
      this.#ends = ends.signature
      this.#wholeAt = clock.monotonic()
      this.#wasProved = isProved
    } else {
      const seen = await Promise.all(watched.map((id) => sight.task(id, signal)))
      const tasks = [...ends.tasks, ...seen.filter((task): task is DownloadTask => task !== undefined)]
      await this.#publish(known.changesInPart(tasks), signal)
    }
  }

  /**
   * Ids of the tasks to ask for one by one: those at work that the ends do not show, and as many of the others that may move as few allow. Undefined when the
   * whole list costs less.
   */
  #watched(shown: readonly DownloadTask[], pages: number): readonly string[] | undefined {
    const { active, others } = this.#parts.known.restless
    const ids = new Set(shown.map((task) => task.backupSetDownloadTaskId))
    const hidden = (tasks: readonly DownloadTask[]): string[] =>
      tasks.map((task) => task.backupSetDownloadTaskId).filter((id) => !ids.has(id))
    const atWork = hidden(active)
    if (atWork.length > Math.max(few, pages)) return undefined
    return [...atWork, ...hidden(others).slice(0, Math.max(0, few - atWork.length))]
  }

  /** Whether all was published; it stops when the last reader has left, and the next poller tells the rest. */
  async #publish(events: readonly TaskEvent[], signal: AbortSignal): Promise<boolean> {
    const { publish, known } = this.#parts
    for (let at = 0; at < events.length && !signal.aborted; at += batchSize) {
      const batch = events.slice(at, at + batchSize)
      await publish(batch)
      known.accept(batch)
    }
    return !signal.aborted
  }
}

const pauseAfter = (failures: number, intervalMs: number, random: () => number): number =>
  Math.min(longestPauseMs, intervalMs * 2 ** failures) * (0.5 + random() / 2)
