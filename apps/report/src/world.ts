import type { Clock, DbsClient } from '@backset/core'
import type { Report } from './config/report.js'
import type { SendNotices } from './notices/send-notices.js'
import type { Ledger } from './ports/ledger.js'

/** Which client: of a report's settings, for one profile and region. */
export interface ClientRequest {
  readonly report: Report
  readonly region: string | undefined
  readonly profile: string | undefined
}

/** What a run needs of the world around it. */
export interface World {
  readonly clock: Clock
  /** Aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal
  /** A new client; who asked closes it. All share one pace. */
  readonly openClient: (request: ClientRequest) => DbsClient
  /** The ledger of the reports that write into this folder. */
  readonly ledgerOf: (output: string) => Ledger
  /** Tells who wants to know how a run ended. @default nobody is told */
  readonly notify?: SendNotices
  /** Host and process, for people. */
  readonly owner: string
  /** Of this program; manifests name it. */
  readonly version: string
}
