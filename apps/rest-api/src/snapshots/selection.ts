import { createHash } from 'node:crypto'
import { compileFilter, openTimeZone, parseMoment, parseSort, type DownloadTask, type TaskFilterInput, type TaskOrder } from '@backset/core'
import { maySee, type Caller } from '../auth/caller.js'
import { sourceKey, type Source } from './source.js'

export interface SelectionParts {
  readonly source: Source
  readonly filter: TaskFilterInput
  /** Fields, as `-createTime,name`. */
  readonly sort?: string | undefined
  /** Zone of dates that name none. */
  readonly timeZone: string
  /** When it is asked for, epoch milliseconds. */
  readonly now: number
}

/** Which rows of a source at one moment for one caller, in which order. */
export interface Choice {
  /** Equal for choices that hold the same rows of equal snapshots in the same order. */
  readonly key: string
  /** undefined: every row. */
  readonly passes: ((task: DownloadTask) => boolean) | undefined
  /** undefined: the service's. */
  readonly order: TaskOrder | undefined
}

/** Which tasks of a source are asked for, in which order; judged when it is made. */
export class Selection {
  /** Equal for equal questions, whoever asks; cursors are bound to it. */
  readonly hash: string
  readonly #parts: SelectionParts
  readonly #order: TaskOrder | undefined

  /** @throws InputError for a filter or an order that cannot be meant */
  constructor(parts: SelectionParts) {
    const { source, filter, sort, timeZone, now } = parts
    this.#parts = parts
    this.#order = sort === undefined ? undefined : parseSort(sort)
    this.hash = createHash('sha256')
      .update(JSON.stringify([sourceKey(source), inOrder(filter), sort, timeZone]))
      .digest('base64url')
      .slice(0, 22)
    // A filter that no task can pass is refused before anything is asked of DBS.
    compileFilter(filter, { now: new Date(now), timeZone })
  }

  get isSorted(): boolean {
    return this.#order !== undefined
  }

  /** @param moment what relative times count back from, epoch milliseconds */
  at(moment: number, caller: Caller): Choice {
    const { source, filter, sort, timeZone } = this.#parts
    const now = new Date(moment)
    const hasFilter = Object.keys(filter).length > 0
    const test = hasFilter ? compileFilter(filter, { now, timeZone }) : undefined
    const isSeen = caller.plans === undefined ? undefined : seenBy(caller, source)
    const passes = isSeen === undefined ? test : test === undefined ? isSeen : (task: DownloadTask) => isSeen(task) && test(task)
    return { key: JSON.stringify([this.#settled(now), sort, caller.plans]), passes, order: this.#order }
  }

  /** The filter with its times as moments: `since=7d` makes another choice tomorrow, `since=2026-01-01` does not. */
  #settled(now: Date): unknown {
    const { filter, timeZone } = this.#parts
    const zone = openTimeZone(timeZone)
    const moment = (field: 'since' | 'until') => {
      const text = filter[field]
      return text === undefined ? undefined : parseMoment(text, { now, zone, field })
    }
    return inOrder({ ...filter, since: moment('since'), until: moment('until') })
  }
}

/** Whether a caller may know of a row. One that names no plan is of the plan that was asked for. */
export const seenBy =
  (caller: Caller, source: Source) =>
  ({ backupPlanId = source.backupPlanId }: DownloadTask): boolean =>
    maySee(caller, backupPlanId)

const inOrder = (filter: object): unknown => Object.entries(filter).toSorted(([a], [b]) => (a < b ? -1 : 1))
