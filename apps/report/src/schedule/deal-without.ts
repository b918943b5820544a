import type { Report } from '../config/report.js'
import { fileName } from '../file-name.js'
import type { Ledger, RunRecord } from '../ports/ledger.js'

export interface NoRun {
  readonly due: number
  readonly outcome: 'missed' | 'failed'
  readonly reason: string
}

/**
 * Writes once, whoever tries, that a due time is dealt with although nothing ran: under the report's claim, as a run would be.
 * @returns the record; `done` where it was dealt with already, `busy` while another holds the report
 */
export async function dealWithout(
  { due, outcome, reason }: NoRun,
  { report, ledger, owner }: { readonly report: Report; readonly ledger: Ledger; readonly owner: string },
): Promise<RunRecord | 'done' | 'busy'> {
  const file = fileName(report.file, { ...report, due: new Date(due) })
  // Earlier runs that never ended are left to the next that has a run to do: it knows what they left behind.
  const answer = await ledger.claim({ report: report.name, due, owner, file })
  if (answer.state !== 'run') return answer.state
  const record: RunRecord = { report: report.name, due: answer.claim.due, outcome, reason }
  return (await ledger.commit(answer.claim, record)) === 'committed' ? record : 'busy'
}

/** How often a due time is tried whose runs take their process with them. */
const mostTries = 3

/** Due times whose runs ended so often with their process that they are given up, ISO 8601 in UTC. */
export async function hopelessDueTimes(ledger: Ledger, report: string): Promise<ReadonlySet<string>> {
  const tries = new Map<string, number>()
  for await (const { due, outcome } of ledger.history(report)) if (outcome === 'abandoned') tries.set(due, (tries.get(due) ?? 0) + 1)
  return new Set([...tries].flatMap(([due, count]) => (count >= mostTries ? [due] : [])))
}
