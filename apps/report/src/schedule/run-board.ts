import { DbsError } from '@backset/core'
import type { RunRecord } from '../ports/ledger.js'
import type { EventLog } from './event-log.js'

/** How a report of a schedule stands. */
export interface ReportStanding {
  readonly report: string
  /** Due next, ISO 8601 in UTC; undefined while nobody looked, and for a line that never comes again. */
  readonly next?: string | undefined
  /** Due time of the run in hand. */
  readonly running?: string | undefined
  /** What this process saw last of the report. */
  readonly last?: Pick<RunRecord, 'due' | 'outcome' | 'ended' | 'reason'> | undefined
  /** Why the report cannot be dealt with now, as when its ledger cannot be written. */
  readonly trouble?: string | undefined
}

/** What happens to the reports of a schedule: kept for who asks for its health, and told to the log. */
export class RunBoard {
  readonly #standings: Map<string, ReportStanding>
  readonly #log: EventLog

  constructor(reports: readonly string[], log: EventLog) {
    this.#standings = new Map(reports.map((report) => [report, { report }]))
    this.#log = log
  }

  get standings(): readonly ReportStanding[] {
    return [...this.#standings.values()]
  }

  due(report: string, next: number | undefined): void {
    this.#set(report, { next: next === undefined ? undefined : new Date(next).toISOString(), trouble: undefined })
  }

  started(report: string, due: number): void {
    const running = new Date(due).toISOString()
    this.#set(report, { running })
    this.#log.tell('info', 'run started', { report, due: running })
  }

  ended(record: RunRecord): void {
    const { report, due, outcome, ended, reason } = record
    this.#set(report, {
      running: undefined,
      trouble: undefined,
      last: { due, outcome, ...(ended !== undefined && { ended }), ...(reason !== undefined && { reason }) },
    })
    this.#log.tell(outcome === 'ok' ? 'info' : outcome === 'failed' ? 'error' : 'warn', 'run ended', { ...record })
  }

  /** The run in hand is another process's after all. */
  passed(report: string): void {
    this.#set(report, { running: undefined })
  }

  trouble(report: string, error: unknown, pauseMs: number): void {
    // What we did not throw may quote anything.
    const [code, message] =
      error instanceof DbsError ? [error.code, error.message] : ['internal', error instanceof Error ? error.name : 'unknown']
    this.#set(report, { running: undefined, trouble: message })
    this.#log.tell('error', 'schedule stands still', { report, code, reason: message, pauseMs })
  }

  #set(report: string, standing: Partial<ReportStanding>): void {
    this.#standings.set(report, { report, ...this.#standings.get(report), ...standing })
  }
}
