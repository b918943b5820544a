import { DbsError } from '@backset/core'
import { exitCodes } from '@backset/settings'
import type { Report } from '../config/report.js'
import { runReport } from '../run-report.js'
import type { World } from '../world.js'
import type { RunEnd } from './report-loop.js'

/**
 * Runs a report for a due time, once whoever tries.
 * @throws DbsError where not even the ledger can be told of it
 */
export async function runDue(report: Report, due: Date, world: World): Promise<RunEnd> {
  const { record, skipped, untold = false, error } = await runReport(report, { ...world, due: due.getTime(), once: true })
  if (skipped !== undefined) return { state: skipped }
  // Nothing began, or nothing can be written: the pauses of trouble are longer than those of a claim.
  if (untold && error !== undefined) throw error
  return { state: 'ended', record, owed: untold || record.outcome === 'abandoned' }
}

/** Tells who wants to know of failures that a report cannot be run at all: the ledger cannot be read or written. It never throws. */
export async function tellOfStandstill(report: Report, error: unknown, { notify, clock, signal }: World): Promise<void> {
  const { code, message } = error instanceof DbsError ? error : { code: 'internal' as const, message: 'The schedule stands still.' }
  const record = {
    report: report.name,
    due: new Date(clock.now()).toISOString(),
    outcome: 'failed',
    reason: `${code}: ${message}`,
  } as const
  await notify?.(report, { record, exitCode: exitCodes[code] }, signal)
}
