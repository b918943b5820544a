/** How a run ended, or why there was none. */
export const outcomes = ['ok', 'failed', 'skipped', 'missed', 'abandoned'] as const
export type Outcome = (typeof outcomes)[number]

/** One run as the ledger tells it. Nothing secret is in it, and no value that came from the environment. */
export interface RunRecord {
  readonly report: string
  /** When it was due, ISO 8601 in UTC; a run by hand is due when it starts, unless it was told otherwise. */
  readonly due: string
  /** Absent for a run that never started. */
  readonly started?: string
  readonly ended?: string
  readonly outcome: Outcome
  readonly rows?: number
  readonly bytes?: number
  /** Name of the export in the output folder. */
  readonly file?: string
  readonly sha256?: string
  /** SHA-256 of the manifest: the next manifest of the report names it. */
  readonly manifestSha256?: string
  /** The file written beside the export, where there is one. */
  readonly companion?: string
  readonly reason?: string
}

/** A run that was started: who holds it may publish. */
export interface Claim {
  readonly report: string
  readonly due: string
  readonly started: string
  /** Told apart from every other run, also of the same due time. */
  readonly token: string
  /** Name of the export it is to write. */
  readonly file: string
}

export interface ClaimRequest {
  readonly report: string
  /** Epoch milliseconds. */
  readonly due: number
  /** Host and process, for people. */
  readonly owner: string
  readonly file: string
  /** Run it also when this due time has been dealt with, as people may ask by hand. @default false */
  readonly again?: boolean
}

export type ClaimAnswer =
  | {
      readonly state: 'run'
      readonly claim: Claim
      /** Earlier runs of the report that started and never ended: their process is gone. Whoever got the claim settles them. */
      readonly unfinished: readonly Claim[]
    }
  /** Another run of the report is going on; `due` is that run's, where it can be told. */
  | { readonly state: 'busy'; readonly due?: string | undefined; readonly owner?: string | undefined }
  /** This due time ended ok or failed, or was noted as missed. */
  | { readonly state: 'done' }

/** What every run of every report did, and who may run now. One adapter keeps it in files beside the exports, one in memory. */
export interface Ledger {
  /** One clock for all who share the ledger, epoch milliseconds. */
  readonly now: () => Promise<number>
  /** Up to which moment due times have been dealt with; undefined for a report that is new here. */
  readonly cursor: (report: string) => Promise<number | undefined>
  /** Moves the cursor; it never goes back. */
  readonly advance: (report: string, due: number) => Promise<void>
  /** At most one run of a report at a time, whoever asks on whatever machine; a due time that was dealt with is not given again. The claim lapses unless renewed. */
  readonly claim: (request: ClaimRequest) => Promise<ClaimAnswer>
  /** Holds the claim for a lease more; false when it lapsed and another may run: then nothing must be published. */
  readonly renew: (claim: Claim) => Promise<boolean>
  /** How often a claim must be renewed, milliseconds. */
  readonly renewEveryMs: number
  /** Writes how the run ended and gives the claim back. `fenced`: the claim had lapsed, and nothing was written. */
  readonly commit: (claim: Claim, record: RunRecord) => Promise<'committed' | 'fenced'>
  /** Writes how a run ended that its own process could not tell: `abandoned`, or `ok` where its manifest stands. Only for who holds a claim of the report. */
  readonly settle: (unfinished: Claim, record: RunRecord) => Promise<void>
  /** Writes why there was no run. */
  readonly note: (report: string, due: number, what: 'missed' | 'skipped' | 'failed' | 'abandoned', why: string) => Promise<void>
  /** Writes that an export is no longer there, taken away by `keep`. */
  readonly removed: (report: string, file: string) => Promise<void>
  /** Exports that stand, oldest first: of runs that ended ok, less those that were removed or replaced. */
  readonly exports: (report: string) => Promise<readonly RunRecord[]>
  /** Every run in the order it was written, runs in hand left out; one whose process is gone is `abandoned`. */
  readonly history: (report?: string) => AsyncIterable<RunRecord>
}
