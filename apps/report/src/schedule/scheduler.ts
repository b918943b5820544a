import { abortErrorOf, type Clock, untilAborted } from '@backset/core'
import type { Report } from '../config/report.js'
import type { Ledger } from '../ports/ledger.js'
import { keepReport, type LoopParts, type RunEnd } from './report-loop.js'
import type { RunBoard } from './run-board.js'

export interface SchedulerParts {
  readonly reports: readonly Report[]
  readonly ledgerOf: (output: string) => Ledger
  readonly clock: Clock
  readonly owner: string
  /** Runs a report for a due time under a claim of the ledger; `signal` aborts when the run must be given up, and then it is noted as abandoned. */
  readonly runDue: (report: Report, due: Date, signal: AbortSignal) => Promise<RunEnd>
  readonly board: RunBoard
  readonly onStandstill?: LoopParts['onStandstill']
  readonly stop: AbortSignal
  readonly lookEveryMs?: number
}

/** How long runs in hand may go on after `stop`, and how long they may then take to put down that they were given up: together less than the 10 s of a supervisor. */
export const finishMs = 5000
export const abandonMs = 3000

/** Keeps every schedule until `stop`. Reports run beside each other; of one report there is one run at a time. Resolves within 8 s of `stop`. */
export async function keepSchedules(parts: SchedulerParts): Promise<void> {
  const { reports, ledgerOf, runDue, clock, stop } = parts
  const giveUp = new AbortController()
  const over = new AbortController()
  const loops = reports.flatMap((report) => {
    const { schedule } = report
    if (schedule === undefined) return []
    // Signals of their own: one that many listen to is taken for a leak.
    const [ownStop, ownEnd] = [AbortSignal.any([stop]), AbortSignal.any([giveUp.signal])]
    const ledger = ledgerOf(report.output)
    return keepReport({ ...report, schedule }, { ...parts, ledger, stop: ownStop, runDue: (which, due) => runDue(which, due, ownEnd) })
  })
  const ended = Promise.all(loops).finally(() => over.abort())
  const late = async (): Promise<void> => {
    await untilAborted(stop)
    await clock.sleep(finishMs, over.signal)
    giveUp.abort(abortErrorOf(stop))
    await clock.sleep(abandonMs, over.signal)
  }
  // Where all ended well before, its sleep is what is aborted.
  await Promise.race([ended, late().catch(() => ended)])
}
