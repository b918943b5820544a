import {
  compileFilter,
  DbsError,
  openTimeZone,
  parseMoment,
  SummaryFold,
  type Clock,
  type Summary,
  type TaskFilterInput,
} from '@backset/core'
import type { Snapshot } from './snapshots/snapshot.js'

export interface SummaryQuery {
  readonly filter: TaskFilterInput
  /** Zone of the days, and of dates in the filter that name none. */
  readonly timeZone: string
}

/** Snapshots in numbers, counted once a version and question however many ask. */
export class Summaries {
  readonly #clock: Pick<Clock, 'sleep'>
  readonly #kept = new Map<string, Promise<Summary>>()

  constructor(clock: Pick<Clock, 'sleep'>) {
    this.#clock = clock
  }

  /**
   * @param snapshot a whole one
   * @throws InputError for a filter or zone that cannot be meant
   */
  async of(snapshot: Snapshot, query: SummaryQuery): Promise<Summary> {
    const key = summaryKey(snapshot, query)
    const kept = this.#kept.get(key) ?? this.#count(snapshot, query)
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest)
    try {
      return await kept
    } catch (error) {
      this.#kept.delete(key)
      throw error
    }
  }

  async #count(snapshot: Snapshot, { filter, timeZone }: SummaryQuery): Promise<Summary> {
    const passes = compileFilter(filter, { now: takenAt(snapshot), timeZone })
    const fold = new SummaryFold({ timeZone })
    for (const [at, task] of snapshot.rows.entries()) {
      if (passes(task)) fold.add(task)
      if (at % rowsAtOnce === rowsAtOnce - 1) await this.#clock.sleep(0) // others are served meanwhile
    }
    return fold.summary()
  }
}

/**
 * Equal where the summary is: `7d` counts back from the moment of the snapshot, dates do not.
 * @throws InputError for times that are none
 */
export function summaryKey(snapshot: Snapshot, { filter, timeZone }: SummaryQuery): string {
  const moment = { now: takenAt(snapshot), zone: openTimeZone(timeZone) }
  const timeOf = (field: 'since' | 'until'): number | undefined =>
    filter[field] === undefined ? undefined : parseMoment(filter[field], { ...moment, field })
  const { since, until, ...rest } = filter
  const words = Object.entries(rest).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify([snapshot.version, timeZone, since && timeOf('since'), until && timeOf('until'), words])
}

function takenAt(snapshot: Snapshot): Date {
  if (snapshot.takenAt === undefined) throw new DbsError('internal', 'A list was counted before its end.')
  return new Date(snapshot.takenAt)
}

/** A summary has at most some thousand groups. */
const mostKept = 30
const rowsAtOnce = 5000
