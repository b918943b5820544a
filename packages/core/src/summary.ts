import { planKey } from './schemas/backup-plan.js'
import type { DownloadTask } from './schemas/download-task.js'
import { maskLinksIn } from './schemas/link.js'
import { present } from './schemas/present.js'
import { SummaryGroups, Tally, type Breakdown, type TallyJson } from './summary-groups.js'
import { openTimeZone } from './time-zone.js'

/** Tasks in numbers. It survives JSON unchanged, and no link is in it. */
export interface Summary extends TallyJson {
  readonly byStatus: Breakdown
  readonly byState: Breakdown
  readonly byDatabase: Breakdown
  /** One group for a plan, with and without its `dbs` prefix. */
  readonly byPlan: Breakdown
  /** By the day of the create time, in the zone that was asked for. */
  readonly byDay: Breakdown
  /** Failed tasks by what the service says went wrong. */
  readonly failures: Breakdown
  /** The tasks that took longest, the slowest first, links left out. */
  readonly slowest: readonly DownloadTask[]
}

export interface SummaryOptions {
  /** Zone of the days. @default 'UTC' */
  readonly timeZone?: string | undefined
  /** How many of the slowest tasks are kept. @default 10 */
  readonly slowest?: number | undefined
  /** Most groups of each kind; tasks of later ones are counted together as `other`. @default 1000 */
  readonly maxGroups?: number | undefined
}

/** Counts tasks one by one; memory is bounded by the options, however many come. */
export class SummaryFold {
  readonly #all = new Tally()
  readonly #groups: Readonly<Record<Exclude<keyof Summary, keyof TallyJson | 'slowest'>, SummaryGroups>>
  readonly #dayOf: (ms: number) => string
  readonly #keep: number
  #slowest: DownloadTask[] = []

  /** @throws InputError for a zone nobody knows */
  constructor({ timeZone = 'UTC', slowest = 10, maxGroups = 1000 }: SummaryOptions = {}) {
    const groups = (keyOf?: (name: string) => string): SummaryGroups => new SummaryGroups(maxGroups, keyOf)
    this.#groups = {
      byStatus: groups(),
      byState: groups(),
      byDatabase: groups(),
      byPlan: groups(planKey),
      byDay: groups(),
      failures: groups(),
    }
    this.#dayOf = openTimeZone(timeZone).dayOf
    this.#keep = slowest
  }

  add(task: DownloadTask): void {
    const { backupSetDataSize: size, backupSetDownloadCreateTime: created, state, errMessage } = task
    const { byStatus, byState, byDatabase, byPlan, byDay, failures } = this.#groups
    this.#all.add(size)
    byStatus.add(task.backupSetDownloadStatus, size)
    byState.add(state, size)
    byDatabase.add(task.backupSetDbType, size)
    byPlan.add(task.backupPlanId, size)
    byDay.add(created === undefined ? undefined : this.#dayOf(Date.parse(created)), size)
    if (state === 'failed') failures.add(errMessage === undefined ? undefined : maskLinksIn(errMessage), size)
    this.#rank(task)
  }

  /** The numbers so far. */
  summary(): Summary {
    const { byStatus, byState, byDatabase, byPlan, byDay, failures } = this.#groups
    return {
      ...this.#all.toJSON(),
      byStatus: byStatus.largestFirst(),
      byState: byState.largestFirst(),
      byDatabase: byDatabase.largestFirst(),
      byPlan: byPlan.largestFirst(),
      byDay: byDay.byName(),
      failures: failures.largestFirst(),
      slowest: [...this.#slowest],
    }
  }

  #rank(task: DownloadTask): void {
    if (task.durationMs === undefined || this.#keep === 0) return
    const last = this.#slowest.at(-1)
    if (this.#slowest.length === this.#keep && took(task) <= took(last)) return
    this.#slowest = [...this.#slowest, present(task, { links: 'omitted' })].toSorted((a, b) => took(b) - took(a)).slice(0, this.#keep)
  }
}

const took = (task: DownloadTask | undefined): number => task?.durationMs ?? 0

/** Folds a whole list, as it comes, to its numbers. */
export async function summarise(
  tasks: AsyncIterable<DownloadTask> | Iterable<DownloadTask>,
  options: SummaryOptions = {},
): Promise<Summary> {
  const fold = new SummaryFold(options)
  for await (const task of tasks) fold.add(task)
  return fold.summary()
}
