import { parseDuration, planKey, present, type DownloadTask } from '@backset/core'
import type { Alarms } from './config/schema.js'
import { Durations } from './durations.js'

/** Something in the tasks that is worth a look. It survives JSON unchanged, and no link is in it. */
export type Alarm =
  /** Tasks of a plan that have been running longer than 95 of 100 of its finished ones took. */
  | {
      readonly alarm: 'slow'
      readonly plan: string
      /** Rounded up by 2 % at most. */
      readonly p95Ms: number
      /** Finished tasks that it was taken from. */
      readonly finished: number
      readonly count: number
      /** Those that have been running longest, at most ten. */
      readonly tasks: readonly { readonly id: string; readonly runningMs: number }[]
    }
  /** A plan without a finished task for too long. */
  | { readonly alarm: 'silent'; readonly plan: string; readonly since: string; readonly lastFinished?: string }
  /** Tasks that failed with the same message. */
  | {
      readonly alarm: 'repeated'
      readonly message: string
      readonly count: number
      readonly plans: readonly string[]
      readonly tasks: readonly string[]
    }

/** Fewer finished tasks tell nothing of how long one takes. */
const leastFinished = 5
/** Examples that an alarm names. */
const mostNamed = 10
/** Plans and messages that are followed at once; a list that lies must not fill the memory. */
const mostFollowed = 10_000
/** Of a message; what comes after takes no part. */
const longestMessage = 500

interface Plan {
  readonly id: string
  readonly took: Durations
  readonly running: Durations
  longest: readonly { readonly id: string; readonly runningMs: number }[]
  lastFinished: string | undefined
}

interface Failure {
  count: number
  readonly plans: Set<string>
  readonly tasks: string[]
}

/** Looks for alarms in tasks as they come; memory is bounded, however many do. Everything counts from when the run was due, so that a late run finds the same. */
export class AlarmFold {
  readonly #wanted: Alarms
  readonly #due: number
  readonly #plans = new Map<string, Plan>()
  readonly #failures = new Map<string, Failure>()

  constructor(wanted: Alarms, due: Date) {
    this.#wanted = wanted
    this.#due = due.getTime()
  }

  /**
   * Takes every task that was read, whether or not it passed the filter: how long tasks of a plan take, and when one finished last, is told by all of them.
   * @param reported whether the task stands in the export; only such a task is named as slow or failed
   */
  add(task: DownloadTask, reported: boolean): void {
    const plan = this.#planOf(task.backupPlanId)
    if (plan !== undefined && task.state === 'done') finished(plan, task)
    if (!reported) return
    if (plan !== undefined && task.state === 'active') this.#runs(plan, task)
    if (task.state === 'failed' && task.errMessage !== undefined) this.#fails(task)
  }

  /** What was found so far. @param plans ids of those that were asked for: one without any task is silent too */
  found(plans: Iterable<string>): readonly Alarm[] {
    for (const id of plans) this.#planOf(id)
    const followed = [...this.#plans.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
    return [
      ...(this.#wanted.slow ? followed.flatMap(slow) : []),
      ...followed.flatMap((plan) => silent(plan, this.#due - parseDuration(this.#wanted.silent, 'silent'))),
      ...repeated(this.#failures, this.#wanted.repeated),
    ]
  }

  #planOf(id: string | undefined): Plan | undefined {
    if (id === undefined) return undefined
    const known = this.#plans.get(planKey(id))
    if (known !== undefined || this.#plans.size >= mostFollowed) return known
    const plan: Plan = { id: copied(id), took: new Durations(), running: new Durations(), longest: [], lastFinished: undefined }
    this.#plans.set(planKey(plan.id), plan)
    return plan
  }

  #runs(plan: Plan, { backupSetDownloadTaskId: id, backupSetDownloadCreateTime: created }: DownloadTask): void {
    if (created === undefined) return
    const runningMs = this.#due - Date.parse(created)
    if (runningMs <= 0) return
    plan.running.add(runningMs)
    if (plan.longest.length === mostNamed && runningMs <= (plan.longest.at(-1)?.runningMs ?? 0)) return
    plan.longest = [...plan.longest, { id: copied(id), runningMs }].toSorted((a, b) => b.runningMs - a.runningMs).slice(0, mostNamed)
  }

  #fails(task: DownloadTask): void {
    const message = copied((present(task, { links: 'omitted' }).errMessage ?? '').trim().slice(0, longestMessage))
    const failure = this.#failures.get(message) ?? this.#follow(message)
    if (failure === undefined) return
    failure.count++
    if (failure.tasks.length < mostNamed) failure.tasks.push(copied(task.backupSetDownloadTaskId))
    if (failure.plans.size < mostNamed && task.backupPlanId !== undefined) failure.plans.add(copied(task.backupPlanId))
  }

  /** Where too many are followed, messages that came once make room: each may have an id in it, and then none comes again. */
  #follow(message: string): Failure | undefined {
    if (this.#failures.size >= mostFollowed) {
      for (const [other, { count }] of this.#failures) if (count === 1) this.#failures.delete(other)
      if (this.#failures.size >= mostFollowed) return undefined
    }
    const failure: Failure = { count: 0, plans: new Set(), tasks: [] }
    this.#failures.set(message, failure)
    return failure
  }
}

function finished(
  plan: Plan,
  { durationMs, backupSetDownloadFinishTime: ended, backupSetDownloadCreateTime: created }: DownloadTask,
): void {
  if (durationMs !== undefined) plan.took.add(durationMs)
  const at = ended ?? created
  if (at !== undefined && (plan.lastFinished === undefined || Date.parse(at) > Date.parse(plan.lastFinished)))
    plan.lastFinished = copied(at)
}

function slow({ id: plan, took, running, longest }: Plan): readonly Alarm[] {
  const p95Ms = took.percentile(0.95)
  if (p95Ms === undefined || took.count < leastFinished) return []
  const count = running.longerThan(p95Ms)
  return count === 0 ? [] : [{ alarm: 'slow', plan, p95Ms, finished: took.count, count, tasks: longest.slice(0, count) }]
}

function silent({ id: plan, lastFinished }: Plan, since: number): readonly Alarm[] {
  if (lastFinished !== undefined && Date.parse(lastFinished) >= since) return []
  return [{ alarm: 'silent', plan, since: new Date(since).toISOString(), ...(lastFinished !== undefined && { lastFinished }) }]
}

const repeated = (failures: ReadonlyMap<string, Failure>, least: number): readonly Alarm[] =>
  [...failures]
    .filter(([, { count }]) => count >= least)
    .toSorted(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1))
    .map(([message, { count, plans, tasks }]) => ({ alarm: 'repeated', message, count, plans: [...plans], tasks: [...tasks] }))

/** V8 cuts a text out of the answer by pointing into it, which would keep every answer alive that a text was taken from. */
const copied = (text: string): string => Buffer.from(text).toString()
