/** Who may send when, agreed by all who ask one DBS account. In-process by default (limiter.ts); replicas may share one. */
export interface Pace {
  /** Resolves when the next request may go, first come, first served; rejects only when `signal` aborts. */
  readonly turn: (account: string, signal?: AbortSignal) => Promise<void>
  /** Tells that a request was answered without a throttle. */
  readonly succeeded: (account: string) => void
  /** Tells all that DBS throttled: they slow down, and speed up again while nobody reports. */
  readonly throttled: (account: string) => void
}
