import type { Clock } from '@backset/core'
import type { Report } from '../config/report.js'
import type { Ledger, RunRecord } from '../ports/ledger.js'
import { dealWithout, hopelessDueTimes, type NoRun } from './deal-without.js'
import { dueRuns, graceMs } from './due-runs.js'
import { type NextDue, openDueTimes } from './due-times.js'
import { jitterOf } from './jitter.js'
import type { RunBoard } from './run-board.js'

/** How a due time that was to be run turned out. */
export type RunEnd =
  | {
      readonly state: 'ended'
      readonly record: RunRecord
      /** The ledger does not know of it, or it was told to stop: the due time is to be claimed again. */
      readonly owed: boolean
    }
  /** Another run of the report is going on. */
  | { readonly state: 'busy' }
  /** Somebody dealt with it before. */
  | { readonly state: 'done' }

export interface LoopParts {
  readonly ledger: Ledger
  readonly clock: Clock
  /** Host and process, for people. */
  readonly owner: string
  /** Runs a report for a due time under a claim of the ledger. */
  readonly runDue: (report: Report, due: Date) => Promise<RunEnd>
  readonly board: RunBoard
  /** Told when the schedule has come to a stand that lasts, once until it goes on; it never throws. */
  readonly onStandstill?: ((report: Report, error: unknown) => Promise<void>) | undefined
  /** Aborts when nothing new may begin. */
  readonly stop: AbortSignal
  /** The longest sleep: a machine that slept, and a clock that was set, are noticed then. @default 60000 */
  readonly lookEveryMs?: number
}

/** Between two tries to claim what another has. */
const busyPauseMs = 1000
const longestTroubleMs = 60_000

/** In a row: a disk that does not answer once is no news. */
const lastingTroubles = 3

/** Keeps the schedule of one report until `stop`: whatever is owed is run or noted, in order, one at a time. Trouble is told and tried again; it never throws. */
export async function keepReport(report: Report & { readonly schedule: string }, parts: LoopParts): Promise<void> {
  const { clock, stop, board } = parts
  const next = openDueTimes(report.schedule, report.timeZone)
  let since: number | undefined
  let telling: Promise<void> | undefined
  for (let troubles = 0; !stop.aborted;) {
    try {
      since ??= await parts.ledger.now()
      const pauseMs = await dealWithOwed(report, next, since, parts)
      troubles = 0
      await clock.sleep(pauseMs, stop)
    } catch (error) {
      if (stop.aborted) break
      const pauseMs = Math.min(busyPauseMs * 2 ** troubles++, longestTroubleMs)
      board.trouble(report.name, error, pauseMs)
      if (troubles === lastingTroubles) telling = parts.onStandstill?.(report, error)
      await clock.sleep(pauseMs, stop).catch(() => undefined)
    }
  }
  await telling
}

/**
 * @param since when this process began, by the ledger's clock
 * @returns how long to sleep then
 */
async function dealWithOwed(report: Report, next: NextDue, since: number, parts: LoopParts): Promise<number> {
  const { ledger, board, stop, lookEveryMs = 60_000 } = parts
  const now = await ledger.now()
  const cursor = await ledger.cursor(report.name)
  // A report that is new here owes nothing.
  if (cursor === undefined) await ledger.advance(report.name, now)
  const { run, missed, missedBefore } = dueRuns(next, cursor ?? now, now, report.catchUp)
  const following = next(now)
  board.due(report.name, run[0] ?? following)
  const noRuns = missedBefore === undefined ? missed : [missedBefore, ...missed]
  for (const due of noRuns) {
    if (stop.aborted) return 0
    const many = due === missedBefore ? `; so were those after it, ${new Date(missed[0] ?? run[0] ?? now).toISOString()} left out` : ''
    if (!(await without({ due, outcome: 'missed', reason: `No scheduler ran when it was due${many}.` }, report, parts))) return busyPauseMs
  }
  const lastMissed = noRuns.at(-1)
  if (lastMissed !== undefined) await ledger.advance(report.name, lastMissed)
  const hopeless = run.some((due) => now - due > graceMs) ? await hopelessDueTimes(ledger, report.name) : new Set<string>()
  for (const due of run) {
    const startAt = Math.max(due, since) + jitterOf(report.name, due, report.jitterMs)
    const dealt = hopeless.has(new Date(due).toISOString())
      ? await without(
          { due, outcome: 'failed', reason: 'Its process ended each time before the run did; it is not tried again.' },
          report,
          parts,
        )
      : await runAt(startAt, report, due, parts)
    if (!dealt) return busyPauseMs
    await ledger.advance(report.name, due)
  }
  if (run.length > 0) return 0
  return following === undefined ? lookEveryMs : Math.min(following - now, lookEveryMs)
}

/** @returns whether the due time is dealt with now */
async function runAt(startAt: number, report: Report, due: number, { ledger, clock, board, runDue, stop }: LoopParts): Promise<boolean> {
  const earlyMs = startAt - (await ledger.now())
  if (earlyMs > 0) await clock.sleep(earlyMs, stop)
  if (stop.aborted) return false
  board.started(report.name, due)
  const end = await runDue(report, new Date(due))
  if (end.state === 'ended') board.ended(end.record)
  else board.passed(report.name)
  return end.state === 'done' || (end.state === 'ended' && !end.owed)
}

async function without(what: NoRun, report: Report, { ledger, owner, board }: LoopParts): Promise<boolean> {
  const record = await dealWithout(what, { report, ledger, owner })
  if (record === 'busy') return false
  if (record !== 'done') board.ended(record)
  return true
}
