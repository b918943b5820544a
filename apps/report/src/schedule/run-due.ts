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
