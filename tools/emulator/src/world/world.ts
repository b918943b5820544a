import type { Clock } from '../clock.js'
import type { LinkSigner } from '../files/link-signer.js'
import { Ids } from './ids.js'
import { namesPlan, plansOf, type Plan } from './plans.js'
import { Progress } from './progress.js'
import { mixText } from './random.js'
import { TaskList } from './task-list.js'
import { draftOf, setStatus, taskRow, type TaskSource } from './task-row.js'
import type { WireRow } from './wire.js'

export interface WorldOptions {
  readonly seed: number
  readonly plans: number
  /** Tasks a plan. */
  readonly tasks: number
  readonly clock: Clock
  readonly links: LinkSigner
}

/** Everything the service knows: what a complete listing must show, and what tests change while it is read. */
export class World {
  readonly seed: number
  readonly ids: Ids
  readonly plans: readonly Plan[]
  readonly progress: Progress
  readonly #clock: Clock
  readonly #tasks: number
  readonly #sources: readonly TaskSource[]
  readonly #lists: readonly TaskList[]
  #created = 0

  constructor({ seed, plans, tasks, clock, links }: WorldOptions) {
    this.seed = seed
    this.ids = new Ids(seed)
    this.plans = plansOf(this.ids, plans)
    this.progress = new Progress(clock)
    this.#clock = clock
    this.#tasks = tasks
    this.#sources = this.plans.map(({ index, id }) => ({
      seed,
      planIndex: index,
      wirePlanId: index % 2 === 0 ? id : id.slice(3),
      ids: this.ids,
      links,
    }))
    this.#lists = this.#sources.map((source) => this.#listOf(source))
  }

  /** The plan ids, with their `dbs` prefix. */
  get planIds(): string[] {
    return this.plans.map(({ id }) => id)
  }

  /** The plan of an id, with or without its prefix. */
  plan(planId: string): Plan | undefined {
    return this.plans.find((plan) => namesPlan(plan, planId))
  }

  /**
   * The tasks of a plan in the order of the service: read it for the truth, move it while a client reads.
   * @throws RangeError for a plan that is not there
   */
  tasksOf(planId: string): TaskList {
    const list = this.#lists[this.plan(planId)?.index ?? -1]
    if (list === undefined) throw new RangeError(`There is no plan ${planId}; there are ${this.planIds.join(', ')}.`)
    return list
  }

  /** The row of a task, as it stands now. */
  task(taskId: string): WireRow | undefined {
    for (const list of this.#likelyLists(taskId)) {
      const index = list.indexOf(taskId)
      if (index >= 0) return list.at(index)
    }
    return undefined
  }

  /** A row with an id nobody has yet, for `insert`; it stands in `checking` and does not move by itself. */
  newTask(planId: string, fields: WireRow = {}): WireRow {
    const source = this.#sources[this.plan(planId)?.index ?? -1]
    if (source === undefined) throw new RangeError(`There is no plan ${planId}.`)
    const id = `urx${this.ids.write({ kind: 'created-task', plan: source.planIndex, index: this.#created++ })}`
    const hash = mixText(this.seed, id)
    const created = Math.floor(this.#clock.now())
    const row = draftOf(source, id, hash, created)
    row['BackupSetDataSize'] = hash % 1_000_000_000
    row['BackupSetDownloadWay'] = 'manual'
    setStatus(row, source, { id, hash, status: 'checking', manual: true, created })
    return { ...row, ...fields }
  }

  /** What a create call does: a new task at the head of the list, which moves from now on. Returns its id. */
  createTask(plan: Plan, fields: WireRow): string {
    const row = this.newTask(plan.id, fields)
    const id = String(row['BackupSetDownloadTaskId'])
    this.progress.begin(id)
    this.tasksOf(plan.id).insert(0, row)
    return id
  }

  /** Back to the rows of the seed. */
  reset(): void {
    this.progress.reset()
    for (const list of this.#lists) list.reset()
  }

  #listOf(source: TaskSource): TaskList {
    return new TaskList({
      count: this.#tasks,
      row: (index) => taskRow(source, index),
      indexOf: (taskId) => {
        const meaning = taskId.startsWith('urx') ? this.ids.read(taskId.slice(3)) : undefined
        return meaning?.kind === 'task' && meaning.plan === source.planIndex ? meaning.index : undefined
      },
      settle: (row) => this.progress.settle(source, row),
    })
  }

  /** The list an id names first; then the others, where a test may have put it. */
  #likelyLists(taskId: string): readonly TaskList[] {
    const meaning = taskId.startsWith('urx') ? this.ids.read(taskId.slice(3)) : undefined
    const likely = this.#lists[meaning?.plan ?? -1]
    return likely === undefined ? this.#lists : [likely, ...this.#lists.filter((list) => list !== likely)]
  }
}
