import type { Report } from '../config/report.js'
import { redactedIn } from '../redacted.js'
import type { RunRecord } from '../ports/ledger.js'

/** A run that has ended, as notices tell it. */
export interface EndedRun {
  readonly record: RunRecord
  /** What a command ends with: 10 where the export stands and `failIf` held. */
  readonly exitCode: number
  /** What was found that is worth an alarm. */
  readonly alarms?: readonly unknown[] | undefined
}

/** Whether a run is one that `on: failure` is about. */
export const isFailure = ({ record, exitCode }: EndedRun): boolean => record.outcome === 'failed' || exitCode !== 0

/** What a notice says, as JSON; nothing that came from the environment is in it. */
export function noticeBody(report: Report, run: EndedRun, { version }: { readonly version: string }): string {
  const { record, exitCode, alarms = [] } = run
  const facts = {
    version: 1,
    ...record,
    failed: isFailure(run),
    exitCode,
    alarms,
    output: report.output,
    program: `backset-report/${version}`,
  }
  return JSON.stringify(redactedIn(facts, report.redact))
}
