/** How much may be asked within a window. */
export interface Rule {
  readonly limit: number
  readonly windowMs: number
}

/** What became of one request. */
export interface Taken {
  readonly ok: boolean
  /** Requests left in the window. */
  readonly remaining: number
  /** Milliseconds until the window ends. */
  readonly resetMs: number
}

/** Who may ask how often. */
export interface Quota {
  /**
   * Counts one request of `id`, a key's id or an address. It never rejects: whoever cannot count decides by what is known here.
   */
  readonly take: (id: string, rule: Rule) => Promise<Taken>
}
