/** What a listing can say of its completeness, in a word; docs/architecture.md tells how each is reached. */
export type Verdict = 'sealed' | 'settled' | 'twice' | 'moving' | 'short' | 'partial'

/** A sign that the list moved, or that the service counts in a way of its own (`one-based`, which alone is no harm). */
export type TellTale =
  | 'total-changed'
  | 'no-total'
  | 'page-echo'
  | 'short-page'
  | 'repeated-id'
  | 'seal-broken'
  | 'cursor-moved'
  | 'one-based'

/** What a listing knows of its completeness when it has ended. */
export interface Proof {
  readonly verdict: Verdict
  /** Distinct rows seen. */
  readonly rows: number
  /** Rows the filter let through, as far as the reader went. */
  readonly matched: number
  /** Pages read in the last walk. */
  readonly pages: number
  /** Passes over the whole list. */
  readonly walks: number
  /** What the service says it has; undefined when it never said. */
  readonly totalElements: number | undefined
  /** Rows that came more than once within a walk. */
  readonly duplicates: number
  readonly tellTales: readonly TellTale[]
  readonly firstRequestId: string | undefined
  readonly lastRequestId: string | undefined
  /** Requests sent, retries and re-reads included. */
  readonly requests: number
  /** The cursor this listing went on from: the verdict speaks of the rest. */
  readonly resumedFrom?: string
}
