import { DbsError, type BackupPlan, type Proof } from '@backset/core'
import { shortPauses } from '../recent-failures.js'
import { SharedReads, type SharedRead } from '../shared-reads.js'
import type { Upstream } from '../upstream.js'

/** The backup plans of a region with what is known of their completeness. */
export interface PlanList {
  readonly plans: readonly BackupPlan[]
  readonly proof: Proof
}

export interface PlanReaderParts {
  readonly upstream: Pick<Upstream, 'clientFor'>
  /** How old a list may be when it is given out, milliseconds. */
  readonly maxAgeMs: number
  /** How old it may be while DBS cannot be asked, milliseconds. */
  readonly staleIfErrorMs: number
  /** Milliseconds that never go back. */
  readonly now: () => number
}

/** The backup plans of each region, as fresh as snapshots of tasks are. All callers share them: who may see which is judged after. */
export class PlanReader {
  readonly #reads: SharedReads<PlanList>

  constructor({ upstream, ...rest }: PlanReaderParts) {
    this.#reads = new SharedReads({
      ...rest,
      read: async (key, signal) => {
        const region = (JSON.parse(key) as readonly [string?])[0]
        const listing = upstream.clientFor(region).listBackupPlans({ region }, { signal, allowIncomplete: true, leftMs: shortPauses })
        const plans: BackupPlan[] = []
        for await (const { items } of listing.pages()) plans.push(...items)
        if (listing.proof === undefined) throw new DbsError('internal', 'A list of plans ended without its proof.')
        return { plans, proof: listing.proof }
      },
    })
  }

  /**
   * @param region one the server was started with
   * @throws DbsError when DBS could not be asked and nothing is known that is young enough
   */
  async plans(region: string | undefined, signal: AbortSignal): Promise<SharedRead<PlanList>> {
    return this.#reads.get(JSON.stringify(region === undefined ? [] : [region]), signal)
  }
}
