import type { DownloadTask } from '@backset/core'
import type { Batches } from '@backset/formats'
import type { Alarm } from './alarms.js'
import type { Report } from './config/report.js'
import type { SourceReading } from './manifest.js'

/** Most tasks that a page shows in its table; of longer lists it shows those that need a look, and links to a CSV of all. */
export const pageRows = 5000

/** Create times that an export covers, ISO 8601 in UTC: from (inclusive), to (exclusive). */
export interface Range {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** What a page tells of its run beside the rows. */
export interface PageFacts {
  readonly report: Report
  readonly due: Date
  readonly range: Range
  /** The lists that were read; all of them once the rows have ended. */
  readonly sources: () => readonly SourceReading[]
  /** What was found that is worth an alarm; all of it once the rows have ended. */
  readonly alarms: () => readonly Alarm[]
  /** Name of the CSV that holds all rows; it is written whole beside the page, and stays where they are more than `pageRows`. */
  readonly companion: string
}

/** A format for people: rows in, text out, with the same promise as every format: nothing is gathered but what is bounded. */
export type PageFormat = (rows: Batches<DownloadTask>, facts: PageFacts) => AsyncIterable<string>
