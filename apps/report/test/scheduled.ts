import type { Clock } from '@backset/core'
import type { Report } from '../src/config/report.js'
import type { Ledger, RunRecord } from '../src/ports/ledger.js'
import { openEventLog } from '../src/schedule/event-log.js'
import type { RunEnd } from '../src/schedule/report-loop.js'
import { RunBoard } from '../src/schedule/run-board.js'
import { keepSchedules } from '../src/schedule/scheduler.js'

/** A report with what a schedule needs to know of it. */
export const reportOf = (fields: Partial<Report>): Report =>
  ({
    name: 'audit',
    output: '/exports',
    schedule: '0 6 * * *',
    catchUp: 'last',
    jitterMs: 0,
    timeZone: 'UTC',
    file: '{name}-{due}.{ext}',
    ext: 'csv',
    ...fields,
  }) as Report

/** A run that takes its time and changes nothing but the ledger. */
export const runsFor =
  (ms: number, { ledger, clock }: { readonly ledger: Ledger; readonly clock: Clock }) =>
  async ({ name: report }: Report, dueDate: Date, signal: AbortSignal): Promise<RunEnd> => {
    const answer = await ledger.claim({ report, due: dueDate.getTime(), owner: 'test', file: 'x' })
    if (answer.state !== 'run') return answer
    const { claim } = answer
    for (const unfinished of answer.unfinished)
      await ledger.settle(unfinished, { report, due: unfinished.due, started: unfinished.started, outcome: 'abandoned' })
    const outcome = await clock.sleep(ms, signal).then(
      () => 'ok' as const,
      () => 'abandoned' as const,
    )
    const record: RunRecord = { report, due: claim.due, started: claim.started, ended: new Date(clock.now()).toISOString(), outcome }
    await ledger.commit(claim, record)
    return { state: 'ended', record, owed: outcome !== 'ok' }
  }

interface Scheduled {
  readonly ledger: Ledger
  readonly clock: Clock
  readonly runMs?: number
  readonly runDue?: (report: Report, due: Date, signal: AbortSignal) => Promise<RunEnd>
  readonly lookEveryMs?: number
}

/** A scheduler as a process would be one. */
export function scheduled(reports: readonly Report[], { ledger, clock, runMs = 1000, runDue, lookEveryMs }: Scheduled) {
  const stop = new AbortController()
  const log: string[] = []
  const standstills: string[] = []
  const sink = { write: async (text: string) => void log.push(text) }
  const board = new RunBoard(
    reports.map(({ name }) => name),
    openEventLog(sink, { clock, redact: (text) => text }),
  )
  const ended = keepSchedules({
    reports,
    ledgerOf: () => ledger,
    clock,
    owner: 'test',
    runDue: runDue ?? runsFor(runMs, { ledger, clock }),
    board,
    stop: stop.signal,
    onStandstill: async ({ name }, error) => void standstills.push(`${name}: ${error instanceof Error ? error.message : ''}`),
    ...(lookEveryMs !== undefined && { lookEveryMs }),
  })
  return { stop: () => stop.abort(), ended, log, board, standstills }
}

/** All runs of a ledger. */
export async function runsIn(ledger: Ledger): Promise<readonly RunRecord[]> {
  const records: RunRecord[] = []
  for await (const record of ledger.history()) records.push(record)
  return records
}
